package org.experimaestro.engine;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.experimaestro.ExperimaestroException;
import org.experimaestro.Launcher;
import org.experimaestro.Requirement;
import org.experimaestro.RetryCause;
import org.experimaestro.RetryPolicy;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.engine.job.JobEnvironment;
import org.experimaestro.engine.job.JobResult;
import org.experimaestro.engine.job.JvmOptions;
import org.experimaestro.engine.retry.AskedAmounts;
import org.experimaestro.engine.retry.FailureKinds;
import org.experimaestro.engine.retry.RememberedAmounts;
import org.experimaestro.engine.retry.RetryDecision;
import org.experimaestro.engine.retry.RetryHistory;
import org.experimaestro.engine.schedule.Ending;
import org.experimaestro.engine.time.RunClock;
import org.experimaestro.requirement.Alternative;
import org.experimaestro.requirement.Quantities;
import org.experimaestro.spi.Placement;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.Failures;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;
import org.jspecify.annotations.Nullable;

/** The retries of a run's failed jobs by their policies. Thread-safe. */
final class JobRetries {
    private static final String ENDED = "somebody has ended it, so it is not tried again";

    private final PlacementFinder placements;
    private final Consumer<SubmittedTask> preparation;
    private final UpcomingJobs upcoming;
    private final JobTokens tokens;
    private final RunClock clock;

    /**
     * Creates the retries of one run.
     *
     * @param placements the finder of places for jobs that ask for more than before
     * @param preparation the preparation of a job at a new place
     * @param upcoming the jobs that are about to be submitted
     * @param tokens the tokens, which a job must be able to hold at its new place
     * @param clock the clock of the run
     */
    JobRetries(
            PlacementFinder placements,
            Consumer<SubmittedTask> preparation,
            UpcomingJobs upcoming,
            JobTokens tokens,
            RunClock clock) {
        this.placements = placements;
        this.preparation = preparation;
        this.upcoming = upcoming;
        this.tokens = tokens;
        this.clock = clock;
    }

    /**
     * Finds the reason not to start a job at all: earlier runs have executed it as often as its policy allows across runs.
     *
     * @return the failure of the job; empty if the job may be started, or somebody has requested this try
     */
    Optional<JobResult> findRefusal(TaskJob job) {
        RetryPolicy policy = job.task().retries();
        if (!policy.isAcrossRuns()
                || job.isRequested()
                || !(job.task().folder().status() instanceof JobStatus.Failed failed)) {
            return Optional.empty();
        }
        try {
            int most = policy.most().orElseThrow() + 1;
            long executions = causes(job.task().folder(), 1, Integer.MAX_VALUE).stream()
                    .filter(RetryCause::isExecution)
                    .count();
            return executions < most
                    ? Optional.empty()
                    : Optional.of(new JobResult(withReason(
                            failed,
                            "it was executed " + executions + " times, and its retries allow " + most
                                    + " across runs; request another try of this run, or change its retries")));
        } catch (IOException unreadable) {
            return unreadable(failed, Failures.reason(unreadable));
        } catch (JsonException damaged) {
            return unreadable(failed, String.valueOf(damaged.getMessage()));
        }
    }

    private static Optional<JobResult> unreadable(JobStatus.Failed failed, String reason) {
        return Optional.of(new JobResult(withReason(failed, "its attempts cannot be read: " + reason)));
    }

    /**
     * Finds the failure of an attempt that another run has made since the decision to try the job again. The decision was
     * about an earlier attempt, so that it is to be made anew.
     *
     * @return empty if there is none, or somebody has requested this try
     */
    Optional<JobStatus.Failed> findOtherFailure(TaskJob job) {
        TaskJob.Retrial retrial = job.retrial();
        return retrial != null
                        && !job.isRequested()
                        && job.task().folder().status() instanceof JobStatus.Failed failed
                        && failed.lastAttempt().orElse(0) > retrial.failed()
                ? Optional.of(failed)
                : Optional.empty();
    }

    /**
     * Decides about a job that has failed.
     *
     * @param failed the failure
     * @return the end of the job's turn, after which it waits for another one, or has failed for good
     */
    JobHandler.Turn decide(TaskJob job, JobStatus.Failed failed) {
        if (isEndedBySomebody(job, failed)) {
            return giveUp(withReason(failed, ENDED));
        }
        if (failed.cause() == FailureCause.CONTINUED) {
            return goOn(job, failed);
        }
        Optional<RetryCause> cause = FailureKinds.find(failed.cause());
        // Without an attempt, nothing counts the retries.
        if (cause.isEmpty()
                || failed.lastAttempt().isEmpty()
                || job.task().retries().rule(cause.get()).isEmpty()) {
            return giveUp(failed);
        }
        try {
            return decide(job, failed, cause.get());
        } catch (IOException unreadable) {
            return giveUp(withReason(failed, "it is not tried again: " + Failures.reason(unreadable)));
        } catch (ExperimaestroException | JsonException wrong) {
            return giveUp(withReason(failed, "it is not tried again: " + wrong.getMessage()));
        }
    }

    /** Returns whether somebody has asked to end a failed attempt that has another cause. */
    private static boolean isEndedBySomebody(TaskJob job, JobStatus.Failed failed) {
        return failed.cause() != FailureCause.CANCELLED
                && failed.lastAttempt().isPresent()
                && job.task()
                        .folder()
                        .attempt(failed.lastAttempt().getAsInt())
                        .stop()
                        .find()
                        .filter(FailureCause.CANCELLED::equals)
                        .isPresent();
    }

    private JobHandler.Turn decide(TaskJob job, JobStatus.Failed failed, RetryCause cause) throws IOException {
        int attempt = failed.lastAttempt().orElseThrow();
        RetryPolicy policy = job.task().retries();
        int first = policy.isAcrossRuns() ? 1 : firstOfRun(job.task().found());
        RetryHistory history = new RetryHistory(attempt, causes(job.task().folder(), first, attempt), cause);
        Launcher request = job.request();
        Alternative used = used(request, JobSpecs.placement(job.task()));
        AskedAmounts asked = AskedAmounts.of(used);
        Launcher only = request.requirement().isPresent() ? with(request, used) : request;
        return switch (RetryDecision.decide(policy, history, asked, placements.limits(only))) {
            case RetryDecision.GiveUp(String reason) -> giveUp(withReason(failed, reason));
            case RetryDecision.Again again -> {
                String kept = cause == RetryCause.HEAP && !again.asked().equals(asked) ? keptHeap(job) : "";
                String changes = again.asked().changesFrom(asked) + kept + move(job, only, used, again.asked());
                yield tryAgain(job, failed, again, changes);
            }
        };
    }

    /**
     * Finds a request with the amounts that the last attempt at a job had, if its policy counts the attempts of earlier
     * runs.
     *
     * @param request the request of the plan
     * @param placement its place; {@code null} for a job that is done
     * @param found the job's state
     * @return the raised request; empty if the job has not failed, or had no more than it asks for
     */
    static Optional<Launcher> findRemembered(
            Launcher request, @Nullable Placement placement, RetryPolicy policy, JobFolder folder, JobStatus found) {
        if (placement == null || !policy.isAcrossRuns() || request.requirement().isEmpty()) {
            return Optional.empty();
        }
        Alternative used = used(request, placement);
        Alternative remembered = RememberedAmounts.in(folder, found, used);
        return remembered.equals(used) ? Optional.empty() : Optional.of(with(request, remembered));
    }

    /** Moves a job that asks for more than before, and returns its new place in words if it is another one. */
    private String move(TaskJob job, Launcher request, Alternative used, AskedAmounts asked) {
        if (asked.equals(AskedAmounts.of(used))) {
            return "";
        }
        Launcher raised = with(request, asked.in(used));
        Placement before = JobSpecs.placement(job.task());
        Placement place = GraceTime.in(
                placements.find(raised), job.task().task().descriptor().javaClass());
        tokens.check(raised, place);
        preparation.accept(job.task().at(place));
        upcoming.forget(job);
        job.place(raised, place);
        return place.toString().equals(before.toString()) ? "" : ", on " + place;
    }

    /** Returns that a heap which the user has set does not grow; an empty text if it is not set. */
    private static String keptHeap(TaskJob job) {
        Placement placement = JobSpecs.placement(job.task());
        Map<String, String> environment = new HashMap<>(placement.launcher().isHere() ? System.getenv() : Map.of());
        environment.putAll(JobEnvironment.values(placement.environment()));
        return JvmOptions.findHeap(placement, environment)
                .map(option -> ", but not the heap, which " + option + " sets")
                .orElse("");
    }

    private JobHandler.Turn tryAgain(TaskJob job, JobStatus.Failed failed, RetryDecision.Again again, String changes) {
        Duration delay = again.delay();
        Instant at = clock.instant().plus(delay);
        job.tryAgain(new TaskJob.Retrial(
                again.attempt() - 1,
                "attempt " + again.attempt() + " of " + again.most(),
                delay.isZero() ? "" : "in " + Quantities.durationText(delay),
                changes,
                "attempt " + (again.attempt() - 1) + " " + failed.cause().phrase(),
                at));
        return new JobHandler.Turn(new JobResult(failed), new Ending.Again(delay));
    }

    /** Starts the next attempt of a task that has asked for it, and has got further: no policy counts that. */
    private JobHandler.Turn goOn(TaskJob job, JobStatus.Failed failed) {
        int attempt = failed.lastAttempt().orElse(0);
        job.tryAgain(new TaskJob.Retrial(
                attempt,
                "attempt " + (attempt + 1),
                "",
                "",
                "attempt " + attempt + " " + failed.cause().phrase() + ": " + failed.message(),
                clock.instant()));
        return new JobHandler.Turn(new JobResult(failed), new Ending.Again(Duration.ZERO));
    }

    /** Ends a job that somebody has ended while it waited for its next attempt. */
    JobHandler.Turn giveUp(TaskJob job) {
        JobStatus status = job.task().folder().status();
        return status instanceof JobStatus.Failed failed
                ? giveUp(withReason(failed, ENDED))
                : new JobHandler.Turn(new JobResult(status), Ending.of(status instanceof JobStatus.Done));
    }

    private static JobHandler.Turn giveUp(JobStatus.Failed failed) {
        return new JobHandler.Turn(new JobResult(failed), new Ending.Failed());
    }

    static JobStatus.Failed withReason(JobStatus.Failed failed, String reason) {
        return reason.isEmpty()
                ? failed
                : new JobStatus.Failed(
                        failed.lastAttempt(),
                        failed.started(),
                        failed.ended(),
                        failed.cause(),
                        failed.message().isEmpty() ? reason : failed.message() + "; " + reason,
                        failed.use());
    }

    // ---- what has happened so far ----

    /** Returns the number of the first attempt that counts for a run which found a job so. */
    private static int firstOfRun(JobStatus found) {
        int last = found instanceof JobStatus.Removed removed
                ? removed.removal()
                : found.lastAttempt().orElse(0);
        return found.isActive() ? last : last + 1;
    }

    /** Returns the causes of a job's failed attempts, from the first number to before the last one. */
    private static List<RetryCause> causes(JobFolder folder, int first, int end) throws IOException {
        List<Integer> numbers = folder.attemptFiles().toRun();
        List<RetryCause> causes = new ArrayList<>();
        for (int number : numbers) {
            if (number >= first && number < end) {
                folder.attempt(number)
                        .record()
                        .findCause()
                        .flatMap(FailureKinds::find)
                        .ifPresent(causes::add);
            }
        }
        return causes;
    }

    /** Returns the alternative of a request that was met: the first one that the placement fits. */
    private static Alternative used(Launcher request, Placement placement) {
        List<Alternative> alternatives =
                request.requirement().map(Requirement::alternatives).orElse(List.of(Alternative.NOTHING));
        return alternatives.stream()
                .filter(each -> each.duration().equals(placement.resources().duration())
                        && each.cores() == placement.resources().cores()
                        && each.memory() <= placement.resources().memory()
                        && each.accelerators().size() == placement.resources().acceleratorCount())
                .findFirst()
                .orElse(alternatives.getFirst());
    }

    private static Launcher with(Launcher request, Alternative alternative) {
        return request.requiring(Requirement.parse(alternative.toString(), null));
    }
}
