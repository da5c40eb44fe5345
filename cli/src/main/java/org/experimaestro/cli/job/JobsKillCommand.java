package org.experimaestro.cli.job;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import org.experimaestro.WorkspaceException;
import org.experimaestro.cli.option.Confirmation;
import org.experimaestro.cli.option.FilterOptions;
import org.experimaestro.cli.option.LazyTermination;
import org.experimaestro.cli.option.WorkdirOption;
import org.experimaestro.cli.output.Printer;
import org.experimaestro.cli.output.ValueTexts;
import org.experimaestro.monitor.action.ActionResult;
import org.experimaestro.monitor.action.JobStop;
import org.experimaestro.monitor.action.KillAction;
import org.experimaestro.monitor.filter.Filter;
import org.experimaestro.monitor.index.WorkspaceIndex;
import org.experimaestro.monitor.view.JobSearch;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.workspace.BatchJobReference;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;
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

/** The command {@code experimaestro jobs kill}. */
@Command(
        name = "kill",
        mixinStandardHelpOptions = true,
        description = {
            "Ends jobs that run: their processes get SIGTERM, clean up, and are waited for, 30 seconds at most.",
            "A job that a batch system has is ended by it, also while it waits there.",
            "A failed job that waits for its next attempt is not tried again by its run.",
            "A job that was ended counts as failed: the next run of its experiment runs it again.",
            "In the place of identifiers, a filter or options select the jobs that run."
        },
        footer = {
            "",
            "Examples:",
            "  experimaestro jobs kill 06ad686d 78f24450",
            "  experimaestro jobs kill 'type=ir.search and time>6h'",
            "  experimaestro jobs kill --tags k1=0.6,b=0.4 --yes"
        })
public final class JobsKillCommand implements Callable<Integer> {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String STILL = "still runs after " + LIMIT.toSeconds() + " s";

    @Mixin
    private final WorkdirOption workdir = new WorkdirOption();

    @Mixin
    private final Confirmation confirmation = new Confirmation();

    @Parameters(
            paramLabel = "[FILE.yaml] [ID...|FILTER]",
            arity = "0..*",
            hideParamSyntax = true,
            description =
                    "The first digits of jobs' identifiers, or TYPE/DIGITS; or a filter, such as time>6h. Before them,"
                            + " the file of the experiment whose workspace is meant, or whose jobs, if no identifier is"
                            + " given.")
    private List<String> words = List.of();

    @Mixin
    private final FilterOptions options = new FilterOptions();

    @Option(
            names = "--force",
            description = "SIGKILL in the place of SIGTERM: no cleaning up. Batch systems have their own way.")
    private boolean force;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        FilterOptions.Words given = FilterOptions.split(workdir.takeFile(words));
        List<String> ids = given.ids();
        boolean isFiltered = options.isGiven() || !given.filter().isEmpty();
        if (ids.isEmpty() && !isFiltered && workdir.file().isEmpty() || !ids.isEmpty() && isFiltered) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Say which jobs: give identifiers, a filter, or --tags, --filter, --state or --experiment");
        }
        Filter filter = options.filter(workdir, given.filter());
        Workspace workspace = workdir.change();
        JobsView view = WorkspaceIndex.open(workspace).view();
        List<JobFolder> jobs = ids.isEmpty() ? selected(workspace, view, filter) : JobSearch.find(workspace, view, ids);
        if (!ids.isEmpty() || jobs.isEmpty() || isConfirmed(jobs)) {
            return end(workspace, view, jobs);
        }
        Printer.err(spec.commandLine()).line("Nothing was ended");
        return ExitCode.SOFTWARE;
    }

    private List<JobFolder> selected(Workspace workspace, JobsView view, Filter filter) {
        List<JobFolder> running = KillAction.candidates(view, filter);
        if (running.isEmpty()) {
            String advice = String.join("\n", filter.advice(view));
            boolean isOfTags = filter.equals(Filter.ofTags(options.tags()));
            throw WorkspaceException.of("No job runs in " + workspace
                            + (isOfTags
                                    ? " with the tags " + ValueTexts.of(new LinkedHashMap<>(options.tags()))
                                    : " that the filter " + filter + " selects"))
                    .advice(advice.isEmpty() ? null : advice)
                    .build();
        }
        return running;
    }

    private boolean isConfirmed(List<JobFolder> jobs) {
        Printer err = Printer.err(spec.commandLine());
        jobs.forEach(job -> err.line("  " + job.name()));
        return confirmation.isGiven("end these " + jobs.size() + " jobs");
    }

    private int end(Workspace workspace, JobsView view, List<JobFolder> jobs) throws InterruptedException {
        boolean[] allEnded = {true};
        try (LazyTermination batches = new LazyTermination(workspace)) {
            KillAction kill = new KillAction(force ? JobStop.Signal.KILL : JobStop.Signal.TERM, LIMIT, batches, view);
            kill.perform(kill.plan(jobs), result -> allEnded[0] &= tell(result, view));
        }
        return allEnded[0] ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    /** Prints the result for a job, and returns whether the job has ended. */
    private boolean tell(ActionResult result, JobsView view) {
        Printer out = Printer.out(spec.commandLine());
        String job = result.job().name() + " ";
        switch (result) {
            case ActionResult.Performed performed ->
                out.message(
                        job, (hadRetry(performed, view) ? "is not tried again: " : "") + phrase(performed.status()));
            case ActionResult.Unfinished unfinished -> out.message(job, still(unfinished.batch()));
            case ActionResult.Refused refused ->
                Printer.err(spec.commandLine())
                        .error(String.valueOf(refused.reason().getMessage()));
        }
        return result instanceof ActionResult.Performed;
    }

    private static boolean hadRetry(ActionResult.Performed performed, JobsView view) {
        return view.find(performed.job().name()).filter(JobView::isTriedAgain).isPresent();
    }

    private String phrase(JobStatus end) {
        return switch (end) {
            case JobStatus.Done _ -> "was done before it could be ended";
            case JobStatus.Failed failed when force && isKill(failed.cause()) -> "was killed";
            case JobStatus.Failed failed -> JobTexts.failure(failed);
            default -> "cannot be read any more: " + end.message();
        };
    }

    private static boolean isKill(FailureCause cause) {
        return cause == FailureCause.VANISHED || cause == FailureCause.CANCELLED;
    }

    private String still(@Nullable BatchJobReference batch) {
        if (batch != null) {
            return STILL + "; " + batch.launcher() + " was told to end it";
        }
        return STILL + (force ? "" : "; --force ends it without cleaning up");
    }
}
