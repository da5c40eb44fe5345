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
import java.util.regex.Pattern;
import org.experimaestro.cli.option.WorkdirOption;
import org.experimaestro.cli.output.Printer;
import org.experimaestro.settings.ExperimentFile;
import org.experimaestro.web.WebOptions;
import org.experimaestro.web.address.PageView;
import org.experimaestro.web.running.RunningPage;
import org.experimaestro.workspace.Failures;
import org.experimaestro.workspace.Workspace;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
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
                    + " Enter prints a new address.",
            "If you serve such a page of the workspace on this machine already, also by a run, the command prints a new"
                    + " address of that one, and ends."
        },
        footer = {
            "",
            "Examples:",
            "  experimaestro monitor",
            "  experimaestro monitor debug.yaml",
            "  experimaestro monitor --web debug.yaml",
            "  experimaestro monitor --web --read-only --port 9000 --workdir /data/lab/work",
            "  experimaestro monitor --web --open '/x/debug/latest/jobs?q=state=failed' debug.yaml",
            "  experimaestro monitor --web --list"
        })
public final class MonitorCommand implements Callable<Integer> {
    private static final Pattern ORIGIN = Pattern.compile("^https?://[^/?]*");

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

    @Option(
            names = "--open",
            paramLabel = "ADDRESS",
            description =
                    "The view to which the printed address leads, such as '/x/grid/latest/jobs?q=state=failed'; or"
                            + " its whole address, as a browser or --link of a listing shows it.")
    private String open = "/";

    @Option(names = "--new", description = "Start another server, also if a page of the workspace runs.")
    private boolean isNew;

    @Option(
            names = "--list",
            description = "List your pages that run, of all workspaces, and end. A page of another machine that shares"
                    + " your home may have ended.")
    private boolean list;

    @Option(names = "--json", description = "With --list: print one JSON object a line, with the token for scripts.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Creates the command for picocli. */
    public MonitorCommand() {}

    @Override
    public Integer call() throws InterruptedException, IOException {
        List.of("--port", "--host", "--open", "--new", "--list").forEach(this::requireWeb);
        List<String> others = workdir.takeFile(file == null ? List.of() : List.of(file));
        if (!others.isEmpty()) {
            throw new UnmatchedArgumentException(spec.commandLine(), others);
        }
        if (json && !list) {
            throw new ParameterException(spec.commandLine(), "--json is for --list, which is missing");
        }
        if (list) {
            return list();
        }
        Workspace workspace = workdir.view();
        readOnly |= workspace.findBundle().isPresent();
        if (!web) {
            return show(workspace);
        }
        OptionalInt chosen = port(spec, port);
        Optional<String> first = firstRun(workspace);
        PageView view =
                first.isPresent() && !spec.commandLine().getParseResult().hasMatchedOption("--open")
                        ? PageView.ofRun(first.get(), PageView.LATEST)
                        : opened();
        Optional<RunningPage> running =
                isNew ? Optional.empty() : PageFinder.find(workspace, page -> fits(page, chosen));
        if (running.isPresent() && isAnswered(running.get(), workspace, view)) {
            return ExitCode.OK;
        }
        serve(workspace, chosen, view);
        return ExitCode.OK;
    }

    private void requireWeb(String option) {
        if (!web && spec.commandLine().getParseResult().hasMatchedOption(option)) {
            throw new ParameterException(spec.commandLine(), option + " is an option of --web, which is missing");
        }
    }

    private int show(Workspace workspace) throws IOException {
        Optional<String> run = firstRun(workspace).map(experiment -> experiment + "/" + PageView.LATEST);
        Printer out = Printer.out(spec.commandLine());
        try (WorkspaceTerminal terminal = WorkspaceTerminal.open(workspace, run, readOnly, false)) {
            Optional<List<String>> farewell = Printer.isTerminal() ? terminal.show() : Optional.empty();
            farewell.orElseGet(terminal::plainLines).forEach(out::line);
        }
        return ExitCode.OK;
    }

    /** Returns the experiment of the file, whose latest run is shown first; tells it if there is none yet. */
    private Optional<String> firstRun(Workspace workspace) {
        Optional<ExperimentFile> given = workdir.file();
        if (given.isEmpty() || !workspace.experiment(given.get().id()).runs().isEmpty()) {
            return given.map(ExperimentFile::id);
        }
        Printer.err(spec.commandLine())
                .line("The experiment " + given.get().id() + " has no run in " + workspace.root()
                        + " yet; its first run appears here: " + workdir.runCommand(given.get()));
        return Optional.empty();
    }

    private PageView opened() {
        String path = ORIGIN.matcher(open).replaceFirst("");
        return PageView.parse(path.isEmpty() ? "/" : path)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "Invalid value for option '--open': the page has no view \"" + open + "\"; its views are /, "
                                + "/x/EXPERIMENT, /x/EXPERIMENT/RUN, /types, /orphans, /trash, and /jobs, /table, /charts,"
                                + " /timeline and /graph, which may stand behind a run, too"));
    }

    private int list() {
        Printer out = Printer.out(spec.commandLine());
        List<RunningPage> pages = PageFinder.all();
        if (json) {
            pages.forEach(page -> out.line(RunningPageTexts.json(page)));
        } else if (pages.isEmpty()) {
            Printer.err(spec.commandLine()).line("You serve no page; start one with: experimaestro monitor --web");
        } else {
            RunningPageTexts.table(pages).forEach(out::line);
        }
        return ExitCode.OK;
    }

    /** Returns whether a page that runs is the one that the options describe. */
    private boolean fits(RunningPage page, OptionalInt chosen) {
        boolean isAtHost = !spec.commandLine().getParseResult().hasMatchedOption("--host")
                || page.host().equals(host);
        boolean isAtPort = chosen.isEmpty() || chosen.getAsInt() == page.port();
        return page.readOnly() == readOnly && isAtHost && isAtPort;
    }

    /** Prints a new address of a page that runs, and returns whether its server has made one. */
    private boolean isAnswered(RunningPage page, Workspace workspace, PageView view) {
        try {
            String address = view.openedBy(PageFinder.newAddress(page));
            Printer out = Printer.out(spec.commandLine());
            out.line("Workspace " + workspace.root() + (readOnly ? ", read-only" : "")
                    + ": its page runs already, in the " + page.process() + "; --new starts another one");
            out.line("Page:    " + address + "  (this address works once)");
            return true;
        } catch (IOException silent) {
            Printer.err(spec.commandLine())
                    .warning("The page at " + page.address() + " of the " + page.process() + " gives no address: "
                            + Failures.reason(silent) + "; another one is started");
            return false;
        }
    }

    private void serve(Workspace workspace, OptionalInt chosen, PageView view) throws InterruptedException {
        try (ServedPage page =
                ServedPage.start(workspace, host, chosen, readOnly, Printer.err(spec.commandLine())::warning)) {
            Printer.out(spec.commandLine()).line("Workspace " + workspace.root() + (readOnly ? ", read-only" : ""));
            page.lines(view).forEach(Printer.out(spec.commandLine())::line);
            page.warnings().forEach(Printer.err(spec.commandLine())::warning);
            if (Printer.isTerminal()) {
                Thread.ofPlatform().daemon().name("new-addresses").start(() -> printNewAddresses(page, view));
            }
            new CountDownLatch(1).await(); // until Ctrl-C
        }
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

    private void printNewAddresses(ServedPage page, PageView view) {
        try {
            BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
            while (lines.readLine() != null) {
                Printer.out(spec.commandLine()).line("Page:    " + page.address(view));
            }
        } catch (IOException closed) {
            return; // nobody presses Enter any more
        }
    }
}
