package org.experimaestro.cli;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.experimaestro.WorkspaceException;
import org.experimaestro.monitor.explain.Explanation;
import org.experimaestro.monitor.explain.NearestJob;
import org.experimaestro.monitor.index.WorkspaceIndex;
import org.experimaestro.monitor.view.JobSearch;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.monitor.view.StaleCode;
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
        description = {
            "Shows what entered the identifier of a job and what did not, and the parameters in which the nearest other"
                    + " job of its type differs.",
            "A path such as model(tutorial.learn).epochs is the parameter epochs of the task that makes the model."
        })
public final class ExplainCommand implements Callable<Integer> {
    @Mixin
    private final WorkdirOption workdir = new WorkdirOption();

    @Parameters(
            paramLabel = "[FILE.yaml] ID",
            arity = "1..*",
            hideParamSyntax = true,
            description = "The first digits of the job's identifier, or TYPE/DIGITS; before it, the file of the"
                    + " experiment, if its workspace is meant.")
    private List<String> words = List.of();

    @Option(
            names = "--other",
            paramLabel = "ID2",
            description = "Compare with this job, in the place of the nearest one.")
    private @Nullable String other;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    public ExplainCommand() {}

    @Override
    public Integer call() {
        String id = workdir.takeFileAndOne(words, "ID");
        Workspace workspace = workdir.view();
        JobFolder job = JobSearch.find(workspace, id);
        JobFolder second = other == null ? null : JobSearch.find(workspace, other);
        Explanation explanation = Explanation.of(job);
        Printer out = Printer.out(spec.commandLine());
        Printer err = Printer.err(spec.commandLine());
        explanation.types().problems().forEach(err::warning);
        ExplanationTexts.tree(explanation).forEach(out::line);
        if (!explanation.root().id().equals(job.id())) {
            err.warning("the parameters in " + job.parametersFile() + " are those of "
                    + explanation.root().id() + ", not of this job");
        }
        tellOfCode(workspace, job, out, err);
        NearestJob nearest = new NearestJob(workspace, job, explanation);
        Optional<NearestJob.Other> found = second == null ? nearest.find() : Optional.of(nearest.compare(second));
        out.line();
        if (found.isEmpty()) {
            out.line("There is no other job of the type " + job.typeId());
        } else {
            NearestJob.Other compared = found.get();
            out.line((second == null ? "The nearest other job is " : "The other job is ")
                    + compared.job().name()
                    + (compared.differences().isEmpty() ? ": no parameter differs" : ":"));
            if (!compared.differences().isEmpty()) {
                ExplanationTexts.differences(compared).forEach(out::line);
            }
        }
        nearest.problems().forEach(err::warning);
        return ExitCode.OK;
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
                        out.line("The latest run that submitted the job has other code: " + CodeTexts.of(change));
                    });
        } catch (WorkspaceException unreadable) {
            err.warning(String.valueOf(unreadable.getMessage()));
        }
    }
}
