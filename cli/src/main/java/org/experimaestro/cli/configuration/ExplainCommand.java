package org.experimaestro.cli.configuration;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.experimaestro.RunMode;
import org.experimaestro.WorkspaceException;
import org.experimaestro.cli.option.OverridesOption;
import org.experimaestro.cli.option.WorkdirOption;
import org.experimaestro.cli.output.Printer;
import org.experimaestro.cli.plan.LoadedExperiment;
import org.experimaestro.cli.plan.PlannedJobs;
import org.experimaestro.engine.ExperimentSetup;
import org.experimaestro.monitor.compare.CausePhrases;
import org.experimaestro.monitor.explain.Explanation;
import org.experimaestro.monitor.explain.NearestJob;
import org.experimaestro.monitor.index.WorkspaceIndex;
import org.experimaestro.monitor.view.JobSearch;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.monitor.view.StaleCode;
import org.experimaestro.settings.ExperimentFile;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.Workspace;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code experimaestro explain}, which shows the values that a job's identifier is made of. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        showEndOfOptionsDelimiterInUsageHelp = true,
        description = {
            "Shows what entered the identifier of a job and what did not, and the parameters in which the nearest other"
                    + " job of its type differs.",
            "A path such as model(tutorial.learn).epochs is the parameter epochs of the task that makes the model.",
            "A dry run stores nothing. To explain a job that it named, give the experiment's file, and the -c and"
                    + " ARGUMENT of the dry run: the plan is then submitted once more in a dry run."
        },
        footer = {
            "",
            "Examples:",
            "  experimaestro explain 2804b8d4",
            "  experimaestro explain debug.yaml 2804b8d4 --other 78f24450"
        })
public final class ExplainCommand implements Callable<Integer> {
    @Mixin
    private final WorkdirOption workdir = new WorkdirOption();

    @Parameters(
            paramLabel = "[FILE.yaml] ID [ARGUMENT...]",
            arity = "1..*",
            hideParamSyntax = true,
            description = "The first digits of the job's identifier, or TYPE/DIGITS; before it, the file of the"
                    + " experiment, if its workspace or its plan is meant; behind it, the arguments of the plan.")
    private List<String> words = List.of();

    @Mixin
    private final OverridesOption overrides = new OverridesOption();

    @Option(
            names = "--other",
            paramLabel = "ID2",
            description = "Compare with this job, in the place of the nearest one.")
    private @Nullable String other;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    public ExplainCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        List<String> others = workdir.takeFile(words, overrides.list());
        Optional<ExperimentFile> file = workdir.file();
        String id = workdir.one(file.isPresent() ? others.subList(0, Math.min(1, others.size())) : others, "ID");
        Optional<Workspace> workspace = file.isPresent() ? workdir.find() : Optional.of(workdir.view());
        if (file.isEmpty() || workspace.isPresent() && JobSearch.matches(workspace.get(), id)) {
            explainStored(workspace.orElseThrow(), id);
        } else {
            explainPlanned(file.get(), others.subList(1, others.size()), id);
        }
        return ExitCode.OK;
    }

    private void explainStored(Workspace workspace, String id) {
        JobFolder job = find(workspace, id);
        Explanation explanation = Explanation.of(job);
        Printer err = Printer.err(spec.commandLine());
        print(explanation);
        Optional<JobFolder> former = job.findFormer();
        if (former.isPresent()) {
            Printer.out(spec.commandLine())
                    .line("The job has the result of " + former.get().name() + ", its former name, shown here");
        } else if (!explanation.root().id().equals(job.id())) {
            err.warning("the parameters in " + job.parametersFile() + " are those of "
                    + explanation.root().id() + ", not of this job");
        }
        tellOfCode(workspace, job, Printer.out(spec.commandLine()), err);
        compare(workspace, job, new NearestJob(workspace, job, explanation));
    }

    /** Finds a stored job. A job that only a dry run has named is not stored, so the error says how it is explained. */
    private static JobFolder find(Workspace workspace, String id) {
        try {
            return JobSearch.find(workspace, id);
        } catch (WorkspaceException none) {
            if (JobSearch.matches(workspace, id)) {
                throw none;
            }
            throw WorkspaceException.of(none.getMessage()
                            + "\nA job that only a dry run has named is not stored: explain it with the experiment's"
                            + " file, as in experimaestro explain FILE.yaml " + id)
                    .cause(none)
                    .build();
        }
    }

    /** Explains a job that is not stored. The plan runs once more, without output of ours, and names its jobs. */
    private void explainPlanned(ExperimentFile file, List<String> arguments, String id) throws InterruptedException {
        Printer err = Printer.err(spec.commandLine());
        LoadedExperiment experiment = LoadedExperiment.load(
                file,
                workdir.choose().folder(),
                null,
                OptionalInt.of(ExperimentFile.MOST_POINTS),
                step -> err.line(step + " …"));
        ExperimentSetup setup =
                experiment.setup(RunMode.DRY_RUN).arguments(arguments).build();
        PlannedJobs planned = new PlannedJobs(setup);
        experiment.run(setup, planned);
        planned.problems().forEach(err::warning);
        JobFolder job = planned.find("the plan of " + file.path().getFileName(), id);
        Explanation explanation = planned.findExplanation(job).orElseThrow();
        print(explanation);
        compare(
                planned.workspace(),
                job,
                new NearestJob(planned.workspace(), job, explanation, planned::findExplanation));
    }

    private void print(Explanation explanation) {
        explanation.types().problems().forEach(Printer.err(spec.commandLine())::warning);
        ExplanationTexts.tree(explanation).forEach(Printer.out(spec.commandLine())::line);
    }

    private void compare(Workspace workspace, JobFolder job, NearestJob nearest) {
        Printer out = Printer.out(spec.commandLine());
        Optional<NearestJob.Other> found =
                other == null ? nearest.find() : Optional.of(nearest.compare(JobSearch.find(workspace, other)));
        out.line();
        if (found.isEmpty()) {
            out.line("There is no other job of the type " + job.typeId());
        } else {
            NearestJob.Other compared = found.get();
            out.line((other == null ? "The nearest other job is " : "The other job is ")
                    + compared.job().name()
                    + (compared.differences().isEmpty() ? ": no parameter differs" : ":"));
            if (!compared.differences().isEmpty()) {
                ExplanationTexts.differences(compared).forEach(out::line);
            }
        }
        nearest.problems().forEach(Printer.err(spec.commandLine())::warning);
    }

    private static void tellOfCode(Workspace workspace, JobFolder job, Printer out, Printer err) {
        JobsView view = WorkspaceIndex.open(workspace).view();
        StaleCode code = new StaleCode(workspace, view, null);
        try {
            view.find(job.name())
                    .flatMap(code::find)
                    .filter(change -> !change.isNone())
                    .ifPresent(change -> {
                        out.line();
                        out.line("The latest run that submitted the job has other code: " + CausePhrases.code(change));
                    });
        } catch (WorkspaceException unreadable) {
            err.warning(String.valueOf(unreadable.getMessage()));
        }
    }
}
