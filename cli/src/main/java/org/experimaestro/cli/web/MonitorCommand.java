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
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.experimaestro.cli.api.LocalApi;
import org.experimaestro.cli.api.SshApi;
import org.experimaestro.cli.api.SshPlace;
import org.experimaestro.cli.option.WorkdirOption;
import org.experimaestro.cli.output.Printer;
import org.experimaestro.settings.ExperimentFile;
import org.experimaestro.web.WebOptions;
import org.experimaestro.web.WorkspaceApi;
import org.experimaestro.web.address.PageView;
import org.experimaestro.web.remote.FarApi;
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
                    + " address of that one, and ends.",
            "With --ssh, it shows a workspace of another host in the same way. The host needs Java, and nothing else: the"
                    + " command sends it what it lacks, reads there, and opens no port."
        },
        footer = {
            "",
            "Examples:",
            "  experimaestro monitor",
            "  experimaestro monitor debug.yaml",
            "  experimaestro monitor --web debug.yaml",
            "  experimaestro monitor --web --read-only --port 9000 --workdir /data/lab/work",
            "  experimaestro monitor --web --open '/x/debug/latest/jobs?q=state=failed' debug.yaml",
            "  experimaestro monitor --web --list",
            "  experimaestro monitor --ssh cluster:/data/lab/work",
            "  experimaestro monitor --ssh anna@cluster:work --web --read-only"
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

    @Option(
            names = "--ssh",
            paramLabel = SshPlace.FORM,
            description =
                    "The workspace of another host, which your ssh reaches by this name. A path without a slash in"
                            + " front is in your home folder there.")
    private @Nullable String ssh;

    @Option(
            names = "--ssh-java",
            paramLabel = "FOLDER",
            description = "With --ssh: the folder of Java " + SshApi.JAVA + " or newer there. Default: found in the"
                    + " usual places.")
    private @Nullable String sshJava;

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
        if (sshJava != null && ssh == null) {
            throw new ParameterException(spec.commandLine(), "--ssh-java is an option of --ssh, which is missing");
        }
        try (Shown shown = ssh == null ? local(workdir.view()) : elsewhere(ssh)) {
            if (web) {
                showPage(shown);
            } else {
                showTerminal(shown);
            }
        }
        return ExitCode.OK;
    }

    /**
     * The workspace that is shown. Its API is closed with it, or by the view that takes it.
     *
     * @param api opens the API
     * @param place the real path; behind {@code HOST:} if it is on another host
     * @param name the workspace for people
     * @param sshHost the name of its host for ssh; empty for this machine
     * @param first the experiment whose latest run is shown first
     * @param release closes the API, if it is open and no view has closed it
     */
    private record Shown(
            Supplier<WorkspaceApi> api,
            String place,
            String name,
            Optional<String> sshHost,
            Optional<String> first,
            Runnable release)
            implements AutoCloseable {
        @Override
        public void close() {
            release.run();
        }
    }

    private Shown local(Workspace workspace) throws IOException {
        readOnly |=
                workspace.findBundle().isPresent() || workspace.findObstacle().isPresent();
        return new Shown(
                () -> LocalApi.open(workspace, readOnly),
                workspace.root().toRealPath().toString(),
                workspace.root().toString(),
                Optional.empty(),
                firstRun(workspace),
                () -> {});
    }

    /** Connects to another host, before the terminal is taken: ssh may ask for a password on it. */
    private Shown elsewhere(String text) throws InterruptedException {
        if (file != null || spec.commandLine().getParseResult().hasMatchedOption("--workdir")) {
            throw new ParameterException(
                    spec.commandLine(), "--ssh names the workspace: leave out --workdir and the experiment's file");
        }
        SshPlace place = SshPlace.parse(text)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "Invalid value for option '--ssh': expected " + SshPlace.FORM + ", such as"
                                + " cluster:/data/lab/work, not \"" + text + "\""));
        FarApi api = SshApi.open(place, Optional.ofNullable(sshJava), readOnly);
        return new Shown(() -> api, api.place(), api.place(), Optional.of(place.host()), Optional.empty(), api::close);
    }

    private void showPage(Shown shown) throws InterruptedException {
        OptionalInt chosen = port(spec, port);
        PageView view = shown.first().isPresent()
                        && !spec.commandLine().getParseResult().hasMatchedOption("--open")
                ? PageView.ofRun(shown.first().get(), PageView.LATEST)
                : opened();
        Optional<RunningPage> running =
                isNew ? Optional.empty() : PageFinder.find(shown.place(), page -> fits(page, chosen));
        if (running.isEmpty() || !isAnswered(running.get(), shown.name(), view)) {
            serve(shown, chosen, view);
        }
    }

    private void requireWeb(String option) {
        if (!web && spec.commandLine().getParseResult().hasMatchedOption(option)) {
            throw new ParameterException(spec.commandLine(), option + " is an option of --web, which is missing");
        }
    }

    private void showTerminal(Shown shown) throws IOException {
        Optional<String> run = shown.first().map(experiment -> experiment + "/" + PageView.LATEST);
        Printer out = Printer.out(spec.commandLine());
        try (WorkspaceTerminal terminal = WorkspaceTerminal.of(shown.api().get(), run, shown.sshHost(), false)) {
            Optional<List<String>> farewell = Printer.isTerminal() ? terminal.show() : Optional.empty();
            farewell.orElseGet(terminal::plainLines).forEach(out::line);
        }
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
    private boolean isAnswered(RunningPage page, String workspace, PageView view) {
        try {
            String address = view.openedBy(PageFinder.newAddress(page));
            Printer out = Printer.out(spec.commandLine());
            out.line("Workspace " + workspace + (readOnly ? ", read-only" : "") + ": its page runs already, in the "
                    + page.process() + "; --new starts another one");
            out.line("Page:    " + address + "  (this address works once)");
            return true;
        } catch (IOException silent) {
            Printer.err(spec.commandLine())
                    .warning("The page at " + page.address() + " of the " + page.process() + " gives no address: "
                            + Failures.reason(silent) + "; another one is started");
            return false;
        }
    }

    private void serve(Shown shown, OptionalInt chosen, PageView view) throws InterruptedException {
        Printer err = Printer.err(spec.commandLine());
        try (ServedPage page =
                ServedPage.start(shown.api().get(), shown.name(), host, chosen, readOnly, err::warning)) {
            Printer.out(spec.commandLine()).line("Workspace " + shown.name() + (readOnly ? ", read-only" : ""));
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
