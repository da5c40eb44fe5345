package org.experimaestro.monitor.reason;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.experimaestro.monitor.reason.Reason.Kind;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.RunEnd;
import org.experimaestro.monitor.view.RunView;
import org.experimaestro.workspace.JobState;
import org.experimaestro.workspace.RunEvent;

/**
 * The reasons why the jobs of a run were not done at its end, from its journal where the jobs have changed since. Confined to
 * one thread.
 */
public final class FormerReasons {
    private final Reasons reasons;
    private final RunView run;
    private final RunEnd end;

    /**
     * Creates a search.
     *
     * @param reasons the search for the reasons of now
     * @param run a run that has recorded its end
     * @param end its record
     */
    public FormerReasons(Reasons reasons, RunView run, RunEnd end) {
        this.reasons = reasons;
        this.run = run;
        this.end = end;
    }

    /**
     * Finds the reason why a job was not done.
     *
     * @param job a job of the run, as it is now
     * @return empty if it was done then, or goes on
     */
    public Optional<Reason> find(JobView job) {
        JobState then = end.state(job);
        Optional<RunEvent> last = reasons.turns(run).last(job.name());
        if (isAsThen(job, then, last)) {
            return reasons.find(job);
        }
        return switch (then) {
            case FAILED -> Optional.of(failed(job, last));
            case NEW -> Optional.of(unstarted(job, last));
            default -> Optional.empty();
        };
    }

    /** Returns whether the reason of now is that of then: the job has the same state by the same attempt, or of the same run. */
    private boolean isAsThen(JobView job, JobState then, Optional<RunEvent> last) {
        if (job.state() != then) {
            return then == JobState.FAILED && job.state() == JobState.CORRUPT;
        }
        return switch (then) {
            case FAILED ->
                last.isEmpty()
                        || last.get().attempt().isEmpty()
                        || last.get().attempt().equals(job.status().lastAttempt());
            case NEW ->
                !job.isTriedAgain()
                        && !job.submissions().isEmpty()
                        && job.submissions()
                                .getLast()
                                .qualifiedRun()
                                .equals(run.folder().qualifiedName());
            default -> true;
        };
    }

    private Reason failed(JobView job, Optional<RunEvent> last) {
        String line = Reasons.firstLine(last.map(RunEvent::message).orElse(""));
        String log = last.isPresent() && last.get().attempt().isPresent()
                ? "; the log of that attempt: "
                        + LogAdvice.command(
                                reasons.workspace(), job.name(), last.get().attempt())
                : "";
        return Reason.of(Kind.FAILED, line.isEmpty() ? "it had failed" : line, List.of(), now(job) + log);
    }

    private Reason unstarted(JobView job, Optional<RunEvent> last) {
        String message = last.map(RunEvent::message).orElse("");
        return end.hasSkipped(job.name())
                ? Reason.of(
                        Kind.DEPENDENCY_FAILED,
                        message.isEmpty() ? "it was skipped" : "it was skipped, " + message,
                        List.of(),
                        now(job))
                : Reason.of(
                        Kind.NOT_RUN,
                        message.isEmpty() ? "the run ended before its turn" : "it was not started: " + message,
                        List.of(),
                        now(job));
    }

    private static String now(JobView job) {
        return job.isTriedAgain()
                ? "a run that goes on tries it again"
                : "it is " + job.state().name().toLowerCase(Locale.ROOT) + " now";
    }
}
