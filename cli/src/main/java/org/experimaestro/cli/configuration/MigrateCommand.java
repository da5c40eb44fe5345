package org.experimaestro.cli.configuration;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.experimaestro.RunMode;
import org.experimaestro.WorkspaceException;
import org.experimaestro.cli.option.OverridesOption;
import org.experimaestro.cli.option.WorkdirOption;
import org.experimaestro.cli.output.Printer;
import org.experimaestro.cli.plan.LoadedExperiment;
import org.experimaestro.engine.ExperimentSetup;
import org.experimaestro.engine.RunListener;
import org.experimaestro.engine.SubmittedTask;
import org.experimaestro.engine.schedule.Phase;
import org.experimaestro.settings.ExperimentFile;
import org.experimaestro.workspace.Failures;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobState;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.Workspace;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code experimaestro migrate}, which lists the results that a plan finds under former names. */
@Command(
        name = "migrate",
        mixinStandardHelpOptions = true,
        showEndOfOptionsDelimiterInUsageHelp = true,
        description = {
            "Lists the results that a plan finds under former names of types and parameters, which @FormerType and"
                    + " @FormerName give, or in former shapes, which @FormerShape converts; and those that are of no"
                    + " use any longer, with the reasons.",
            "Nothing is written without --write. A run of the plan finds the same results by itself; after --write they"
                    + " are also found when the annotations are removed."
        },
        footer = {"", "Examples:", "  experimaestro migrate debug.yaml", "  experimaestro migrate debug.yaml --write"})
public final class MigrateCommand implements Callable<Integer> {
    @Mixin
    private final WorkdirOption workdir = new WorkdirOption();

    @Parameters(
            paramLabel = "FILE.yaml [ARGUMENT...]",
            arity = "1..*",
            hideParamSyntax = true,
            description = "The file of the experiment, and the arguments of the plan.")
    private List<String> words = List.of();

    @Mixin
    private final OverridesOption overrides = new OverridesOption();

    @Option(
            names = "--write",
            description = "Make each job that is found refer to its result. Results stay where they are.")
    private boolean write;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    public MigrateCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        List<String> arguments = workdir.takeFile(words, overrides.list());
        ExperimentFile file = workdir.file()
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "Say which plan: give the YAML file of an experiment"));
        Workspace workspace = write ? workdir.change() : workdir.view();
        Printer err = Printer.err(spec.commandLine());
        LoadedExperiment experiment = LoadedExperiment.load(
                file,
                workspace.root(),
                null,
                OptionalInt.of(ExperimentFile.MOST_POINTS),
                step -> err.line(step + " …"));
        ExperimentSetup setup =
                experiment.setup(RunMode.DRY_RUN).arguments(arguments).build();
        FormerResults results = new FormerResults();
        experiment.run(setup, results);
        results.warnings.forEach(err::warning);
        print(results, Printer.out(spec.commandLine()));
        return ExitCode.OK;
    }

    private void print(FormerResults results, Printer out) {
        results.found.forEach((job, former) -> {
            if (write) {
                refer(job, former);
            }
            out.line("found  " + job.name() + "  " + former.name());
        });
        // A job that uses a deleted one may be that of a name of today all the same.
        results.found.values().forEach(former -> results.lost.remove(former.name()));
        results.lost.keySet().removeAll(results.done);
        results.lost.forEach((former, reason) -> out.message("lost   " + former + ": ", reason));
        results.missing.forEach((job, state) -> out.line(word(state) + job));
        long begun = results.missing.values().stream()
                .filter(state -> state != JobState.NEW)
                .count();
        out.line(results.found.size() + " found under former names, " + results.lost.size() + " lost, "
                + (results.missing.size() - begun) + " new" + (begun == 0 ? ". " : ", " + begun + " begun. ")
                + (write ? "What was found stays found." : "Nothing was written; --write makes it permanent."));
    }

    private static String word(JobState state) {
        return state == JobState.NEW ? "new    " : state.name().toLowerCase(Locale.ROOT) + " ";
    }

    private static void refer(JobFolder job, JobFolder former) {
        try {
            job.referTo(former);
        } catch (IOException failed) {
            throw WorkspaceException.of(
                            "Cannot make " + job.name() + " refer to " + former.name() + ": " + Failures.reason(failed))
                    .at(job.path().toString())
                    .advice("make room or change the permissions; the same command goes on where it stopped")
                    .cause(failed)
                    .build();
        }
    }

    /** The results of a plan's jobs under former names, as a dry run finds them. */
    private static final class FormerResults implements RunListener {
        private final SortedMap<JobFolder, JobFolder> found = new TreeMap<>(Comparator.comparing(JobFolder::name));
        private final SortedMap<String, String> lost = new TreeMap<>();
        private final Map<String, JobState> missing = new LinkedHashMap<>();
        private final Set<String> done = new HashSet<>();
        private final List<String> warnings = new ArrayList<>();

        @Override
        public void foundByFormerName(JobFolder job, JobFolder former) {
            found.put(job, former);
        }

        @Override
        public void lostByFormerName(JobFolder former, String reason) {
            lost.put(former.name(), reason);
        }

        @Override
        public void submitted(SubmittedTask task) {
            if (task.found() instanceof JobStatus.Done) {
                done.add(task.folder().name());
            } else {
                missing.put(task.folder().name(), task.found().state());
            }
        }

        @Override
        public void warning(String text) {
            warnings.add(text);
        }

        @Override
        public void changed(SubmittedTask task, Phase phase) {}
    }
}
