package org.experimaestro.cli.experiment;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.experimaestro.ExperimaestroException;
import org.experimaestro.Outcome;
import org.experimaestro.RunMode;
import org.experimaestro.cli.api.LocalApi;
import org.experimaestro.cli.option.CommandLineProblem;
import org.experimaestro.cli.option.LauncherFileOption;
import org.experimaestro.cli.option.WorkdirOption;
import org.experimaestro.cli.output.Printer;
import org.experimaestro.cli.plan.LoadedExperiment;
import org.experimaestro.cli.run.NotifyCommand;
import org.experimaestro.cli.web.MonitorCommand;
import org.experimaestro.cli.web.ServedPage;
import org.experimaestro.engine.ExperimentSetup;
import org.experimaestro.engine.RunOrder;
import org.experimaestro.engine.RunOrigin;
import org.experimaestro.engine.RunResult;
import org.experimaestro.finder.LauncherFile;
import org.experimaestro.finder.LauncherTypes;
import org.experimaestro.loader.source.PlanSources;
import org.experimaestro.notify.Channels;
import org.experimaestro.settings.ExperimentFile;
import org.experimaestro.settings.SecretVariables;
import org.experimaestro.settings.UserSettings;
import org.experimaestro.settings.WorkspaceSettings;
import org.experimaestro.web.WebOptions;
import org.experimaestro.workspace.Workspace;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The command {@code experimaestro run-experiment}, which runs a plan with the settings of a YAML file. */
@Command(
        name = RunExperimentCommand.NAME,
        description = "Runs the plan that a YAML file names, with the settings of that file.",
        mixinStandardHelpOptions = true,
        showEndOfOptionsDelimiterInUsageHelp = true,
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  experimaestro run-experiment debug.yaml",
            "  experimaestro run-experiment --run-mode dry-run -c k1=0.9 debug.yaml"
        })
public final class RunExperimentCommand implements Callable<Integer> {
    public static final String NAME = "run-experiment";

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(index = "0", paramLabel = "FILE.yaml", description = "The experiment: its plan and its settings.")
    private Path yaml = Path.of("");

    @Parameters(
            index = "1..*",
            paramLabel = "ARGUMENT",
            description =
                    "Passed on to the plan: xp.arguments(). Arguments that begin with a dash stand after --: debug.yaml"
                            + " -- --alpha 3")
    private List<String> arguments = new ArrayList<>();

    @Option(
            names = "--run-mode",
            paramLabel = "MODE",
            converter = ModeConverter.class,
            description = {
                "normal: run the jobs that are not done (the default).",
                "dry-run: print the jobs, and why each is to run; write nothing.",
                "generate: write the jobs' folders; run nothing.",
                "prepare: run the prepare steps of the configurations that the jobs need; run no job."
            })
    private RunMode mode = RunMode.NORMAL;

    @Option(
            names = "--workdir",
            paramLabel = "DIR",
            description =
                    "The workspace. Default: workdir: of the file, else $EXPERIMAESTRO_WORKDIR, else the one whose trigger in"
                            + " your settings.yaml matches the experiment, else the one that the current folder is in, else"
                            + " the first in your settings.yaml without a trigger, else ~/experimaestro.")
    private @Nullable Path workdir;

    @Option(names = "--workspace", paramLabel = "NAME", description = WorkdirOption.NAME_DESCRIPTION)
    private @Nullable String workspaceName;

    @Option(
            names = {"-c", "--configuration"},
            paramLabel = "KEY=VALUE",
            description = "Sets a value in place of the file's; dots lead into maps and lists: -c optimizer.lr=1e-3")
    private List<String> overrides = new ArrayList<>();

    @Option(
            names = {"-j", "--jobs"},
            paramLabel = "N",
            description = "How many jobs run at once. Default: the number of processors.")
    private int jobs = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--detach",
            description = {
                "Submit all jobs to their launchers, and do not wait for them: needs launchers that start a job after"
                        + " others (Slurm).",
                "The same command without --detach waits for them later, and makes the report."
            })
    private boolean detach;

    @Mixin
    private final OrderOptions order = new OrderOptions();

    @Option(
            names = "--on-stop",
            paramLabel = "ACTION",
            converter = StopActionConverter.class,
            description = {
                "What becomes of running jobs if the run is stopped, by Ctrl-C, SIGTERM, runs stop or an error of the plan.",
                "ask: they go on, unless Ctrl-C is pressed again within 5 s in a terminal (the default).",
                "leave: they go on, and the next run waits for them.",
                "kill: they are asked to end, as by jobs kill."
            })
    private StopAction onStop = StopAction.ASK;

    @Option(
            names = "--show",
            description = "Print the merged settings and what sets the variables of jobs; run nothing.")
    private boolean show;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description =
                    "The greatest number of points of a grid in the settings. Default: limit: of the grid, else 10000.")
    private @Nullable Integer limit;

    @Option(
            names = "--tui",
            description = "Show the run in the terminal until it ends. The key q leaves the view, and the run goes on."
                    + " See monitor.")
    private boolean tui;

    @Option(
            names = "--web",
            description = "Serve a web page of the workspace until the run ends; its address is printed. See monitor.")
    private boolean web;

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "The port of --web. Default: " + WebOptions.USUAL_PORT + ", or a free one if that is taken.")
    private @Nullable Integer port;

    private final @Nullable Class<?> planClass;

    /** Creates the command for picocli. */
    public RunExperimentCommand() {
        this(null);
    }

    /** Creates a command that runs a class of this process instead of the plan that the file names. */
    public RunExperimentCommand(@Nullable Class<?> planClass) {
        this.planClass = planClass;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (jobs < 1) {
            throw new ParameterException(
                    spec().commandLine(),
                    "Invalid value for option '--jobs': at least 1 job must be able to run, not " + jobs);
        }
        if (limit != null && (limit < 1 || limit > ExperimentFile.MOST_POINTS)) {
            throw new ParameterException(
                    spec().commandLine(),
                    String.format(
                            Locale.ROOT,
                            "Invalid value for option '--limit': a grid has 1 to %,d points, not %d",
                            ExperimentFile.MOST_POINTS,
                            limit));
        }
        ExperimentFile file = ExperimentFile.read(yaml, overrides);
        if (detach && mode != RunMode.NORMAL) {
            throw new ParameterException(
                    spec().commandLine(),
                    "--detach runs jobs, which --run-mode " + ModeConverter.name(mode) + " does not");
        }
        if (tui && mode != RunMode.NORMAL) {
            throw new ParameterException(
                    spec().commandLine(),
                    "--tui shows jobs that run, which --run-mode " + ModeConverter.name(mode) + " has not");
        }
        if (port != null && !web) {
            throw new ParameterException(spec().commandLine(), "--port is the port of --web, which is missing");
        }
        MonitorCommand.port(spec(), port);
        if (show) {
            show(file);
            return 0;
        }
        try (RunConsole console = RunConsole.open(mode)) {
            return run(file, console);
        }
    }

    private void show(ExperimentFile file) {
        UserSettings user = UserSettings.current();
        WorkspaceSettings ofWorkspace = WorkspaceSettings.read(workspace(file), user);
        Optional<LauncherFile> launchers = Optional.of(LauncherFileOption.usual())
                .filter(Files::exists)
                .map(path -> LauncherFile.read(path, LauncherTypes.installed(), user));
        Printer out = Printer.out(spec().commandLine());
        out.text(file.show());
        VariableTexts.lines(
                        launchers.map(LauncherFile::label).orElse(""),
                        launchers.map(LauncherFile::definitions).orElse(List.of()),
                        ofWorkspace,
                        file)
                .forEach(out::line);
    }

    private int run(ExperimentFile file, RunConsole console) throws InterruptedException {
        RunOrder wanted = order.order(file, workspace(file), detach);
        LoadedExperiment experiment = LoadedExperiment.load(
                file,
                workspace(file),
                planClass,
                limit == null ? OptionalInt.empty() : OptionalInt.of(limit),
                console::step);
        RunUpkeep upkeep = new RunUpkeep(workspace(file), file.id(), experiment.ofWorkspace(), experiment.user());
        ExperimentSetup setup = experiment
                .setup(mode)
                .results(upkeep::find)
                .arguments(arguments)
                .jobs(jobs)
                .detached(detach)
                .order(wanted)
                .origin(origin(file, experiment))
                .build();
        console.begin(setup);
        console.grids(experiment.settings());
        console.onStop(onStop);
        console.onDone(upkeep::done);
        if (mode == RunMode.NORMAL) {
            console.notifyOver(
                    Channels.open(NotifyCommand.settings(experiment.user()), System.getenv(), console::warning));
        }
        if (mode != RunMode.DRY_RUN) {
            Path folder = Workspace.open(setup.workspace()).root();
            var notice = new MembersNotice(setup.state(), experiment.user());
            notice.take(folder).ifPresent(console::warning);
            UmaskNotice.find(folder).ifPresent(console::warning);
            notice.take(PlanSources.localRepository(), setup.classPath()).ifPresent(console::warning);
        }
        boolean isShown = tui && mode == RunMode.NORMAL && Printer.isTerminal();
        try (@Nullable ServedPage _ = web && mode != RunMode.DRY_RUN ? serve(setup, console) : null;
                @Nullable RunTerminal _ = isShown ? RunTerminal.start(setup, console) : null) {
            RunResult result = experiment.run(setup, console);
            if (mode == RunMode.NORMAL) {
                upkeep.finish();
            }
            return result.outcome() == Outcome.FAILED ? ExitCode.SOFTWARE : 0;
        }
    }

    /** Serves the page. A run that cannot be looked at goes on. */
    private @Nullable ServedPage serve(ExperimentSetup setup, RunConsole console) {
        try {
            Workspace workspace = Workspace.view(setup.workspace());
            ServedPage page = ServedPage.start(
                    LocalApi.open(workspace, false),
                    workspace.root().toString(),
                    WebOptions.LOOPBACK,
                    MonitorCommand.port(spec(), port),
                    false,
                    console::warning);
            console.served(page);
            return page;
        } catch (RuntimeException failed) {
            console.warning(
                    failed instanceof ExperimaestroException ours
                            ? String.valueOf(ours.getMessage())
                            : "Cannot serve the page: " + failed);
            return null;
        }
    }

    private RunOrigin origin(ExperimentFile file, LoadedExperiment experiment) {
        List<String> shown =
                overrides.stream().map(SecretVariables::shownOverride).toList();
        return new RunOrigin(file.path(), file.sha256(), file.json(), shown, experiment.origin());
    }

    private Path workspace(ExperimentFile file) {
        return WorkdirOption.ofRun(spec(), workdir, workspaceName, file).folder();
    }

    private CommandSpec spec() {
        if (spec == null) {
            throw new IllegalStateException("picocli sets the specification before it calls a command");
        }
        return spec;
    }

    /** A converter of the name of a {@link StopAction}. */
    public static final class StopActionConverter implements ITypeConverter<StopAction> {
        @Override
        public StopAction convert(String text) {
            return switch (text.strip().toLowerCase(Locale.ROOT)) {
                case "ask" -> StopAction.ASK;
                case "leave" -> StopAction.LEAVE;
                case "kill" -> StopAction.KILL;
                default -> throw new TypeConversionException("\"" + text + "\" is none of ask, leave and kill");
            };
        }
    }

    /** A converter of a run mode's name, such as {@code dry-run}. */
    public static final class ModeConverter implements ITypeConverter<RunMode> {
        @Override
        public RunMode convert(String text) {
            for (RunMode mode : RunMode.values()) {
                if (name(mode).equals(text.strip().toLowerCase(Locale.ROOT).replace('_', '-'))) {
                    return mode;
                }
            }
            List<String> known =
                    Stream.of(RunMode.values()).map(ModeConverter::name).toList();
            throw new TypeConversionException(
                    "\"" + text + "\" is not a run mode; " + CommandLineProblem.advice(text, known, "modes"));
        }

        static String name(RunMode mode) {
            return mode.name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
