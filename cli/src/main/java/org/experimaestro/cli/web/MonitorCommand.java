package org.experimaestro.cli.web;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.experimaestro.cli.option.WorkdirOption;
import org.experimaestro.cli.output.Printer;
import org.experimaestro.web.WebOptions;
import org.experimaestro.workspace.Workspace;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command {@code experimaestro monitor}. */
@Command(
        name = "monitor",
        mixinStandardHelpOptions = true,
        description = {
            "Shows the experiments of a workspace in the terminal, also while no plan runs. The key ? shows the keys, and q"
                    + " leaves. Without a terminal, it prints the first screen.",
            "With --web, it serves a web page instead, prints an address that opens the page once, and ends with Ctrl-C."
                    + " Enter prints a new address."
        },
        footer = {
            "",
            "Examples:",
            "  experimaestro monitor",
            "  experimaestro monitor debug.yaml",
            "  experimaestro monitor --web debug.yaml",
            "  experimaestro monitor --web --read-only --port 9000 --workdir /data/lab/work"
        })
public final class MonitorCommand implements Callable<Integer> {
    @Mixin
    private final WorkdirOption workdir = new WorkdirOption();

    @Parameters(
            paramLabel = "FILE.yaml",
            arity = "0..1",
            description = "The file of an experiment, which names the workspace, and whose latest run is shown first.")
    private @Nullable String file;

    @Option(names = "--web", description = "Serve a page for a browser.")
    private boolean web;

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "The port of --web. Default: " + WebOptions.USUAL_PORT + ", or a free one if that is taken.")
    private @Nullable Integer port;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description = "The address or name at which --web listens. Default: " + WebOptions.LOOPBACK
                    + ", which only this machine reaches. Nothing is encrypted: prefer a tunnel, as in ssh -L.")
    private String host = WebOptions.LOOPBACK;

    @Option(names = "--read-only", description = "Refuse all actions on jobs.")
    private boolean readOnly;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Creates the command for picocli. */
    public MonitorCommand() {}

    @Override
    public Integer call() throws InterruptedException, IOException {
        requireWeb("--port", port != null);
        requireWeb("--host", !host.equals(WebOptions.LOOPBACK));
        List<String> others = workdir.takeFile(file == null ? List.of() : List.of(file));
        if (!others.isEmpty()) {
            throw new UnmatchedArgumentException(spec.commandLine(), others);
        }
        Workspace workspace = workdir.view();
        return web ? serve(workspace) : show(workspace);
    }

    private void requireWeb(String option, boolean isGiven) {
        if (isGiven && !web) {
            throw new ParameterException(spec.commandLine(), option + " is an option of --web, which is missing");
        }
    }

    private int show(Workspace workspace) throws IOException {
        Optional<String> run = workdir.file().map(file -> file.id() + "/latest");
        try (WorkspaceTerminal terminal = WorkspaceTerminal.open(workspace, run, readOnly, false)) {
            Optional<String> farewell = Printer.isTerminal() ? terminal.show() : Optional.empty();
            Printer out = Printer.out(spec.commandLine());
            farewell.map(List::of).orElseGet(terminal::plainLines).forEach(out::line);
        }
        return 0;
    }

    private int serve(Workspace workspace) throws InterruptedException {
        try (ServedPage page = ServedPage.start(workspace, host, port(spec, port), readOnly)) {
            Printer.out(spec.commandLine()).line("Workspace " + workspace.root() + (readOnly ? ", read-only" : ""));
            page.lines().forEach(Printer.out(spec.commandLine())::line);
            page.warnings().forEach(Printer.err(spec.commandLine())::warning);
            if (Printer.isTerminal()) {
                Thread.ofPlatform().daemon().name("new-addresses").start(() -> printNewAddresses(page));
            }
            new CountDownLatch(1).await(); // until Ctrl-C
        }
        return 0;
    }

    /**
     * Returns the number of a port that an option has given.
     *
     * @param spec the command, for the message
     * @param given the number; {@code null} without the option
     * @return the port; empty for the usual one
     * @throws ParameterException if there is no such port
     */
    public static OptionalInt port(CommandSpec spec, @Nullable Integer given) {
        if (given == null) {
            return OptionalInt.empty();
        }
        if (given < 0 || given > 0xffff) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Invalid value for option '--port': expected 0 (any free port) to 65535, not " + given);
        }
        return OptionalInt.of(given);
    }

    private void printNewAddresses(ServedPage page) {
        try {
            BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
            while (lines.readLine() != null) {
                Printer.out(spec.commandLine()).line("Page:    " + page.address());
            }
        } catch (IOException closed) {
            return; // nobody presses Enter any more
        }
    }
}
