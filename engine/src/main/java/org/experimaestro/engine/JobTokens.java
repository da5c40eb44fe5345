package org.experimaestro.engine;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Future;
import org.experimaestro.ExperimaestroException;
import org.experimaestro.LaunchException;
import org.experimaestro.Launcher;
import org.experimaestro.Token;
import org.experimaestro.engine.job.JobResult;
import org.experimaestro.engine.schedule.Demand;
import org.experimaestro.engine.schedule.Ending;
import org.experimaestro.engine.schedule.Limit;
import org.experimaestro.engine.schedule.Phase;
import org.experimaestro.engine.schedule.Work;
import org.experimaestro.engine.token.HeldTokens;
import org.experimaestro.engine.token.RunTokens;
import org.experimaestro.spi.Placement;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.Failures;
import org.experimaestro.workspace.JobStatus;

/** The tokens of a run's jobs, as its scheduler asks for them. Thread-safe. */
final class JobTokens {
    private final RunTokens shared;
    private final DeclaredTokens declared;
    private final LauncherLimits limits;
    private final RunServices run;

    /**
     * Creates the tokens of a run's jobs.
     *
     * @param shared the tokens that all runs share
     * @param declared the tokens of the plan
     * @param limits the limits of the jobs that run at once
     * @param run the services of the run
     */
    JobTokens(RunTokens shared, DeclaredTokens declared, LauncherLimits limits, RunServices run) {
        this.shared = shared;
        this.declared = declared;
        this.limits = limits;
        this.run = run;
        shared.eachBeat(() -> limits.tokens().forEach(this::follow));
    }

    /**
     * Checks that a job can have its tokens at a place.
     *
     * @throws LaunchException if it never could
     */
    void check(Launcher request, Placement placement) {
        declared.check(request, placement);
    }

    /** Returns whether a job needs tokens that it does not hold, because it was found with another run. */
    static boolean areLacking(TaskJob job) {
        return needsSome(job) && job.tokens() == null;
    }

    private static boolean needsSome(TaskJob job) {
        return !job.request().tokens().isEmpty() || !job.sharedFolders().isEmpty();
    }

    /** Returns the amounts of tokens that a job needs. Called by the scheduler's thread. */
    List<Demand> demands(TaskJob job) {
        List<Demand> demands = limits.demands(job.request().tokens(), declared::size);
        job.sharedFolders().forEach(folder -> demands.add(limits.demand(folder)));
        return demands;
    }

    /**
     * Waits until a job can have its tokens.
     *
     * @return the tokens as an admission; if they cannot be had, one that fails; empty if the job has left its turn
     */
    Optional<Work.Admission> admit(TaskJob job) throws InterruptedException {
        try {
            Optional<HeldTokens> held =
                    shared.acquire(job.task().folder(), job.request().tokens(), job.sharedFolders(), new Asking(job));
            job.request().tokens().keySet().forEach(this::follow);
            return held.map(tokens -> new Granted(job, tokens));
        } catch (IOException failed) {
            return Optional.of(new Refused(job, Failures.reason(failed)));
        } catch (ExperimaestroException wrong) {
            return Optional.of(new Refused(job, String.valueOf(wrong.getMessage())));
        }
    }

    private final class Asking implements RunTokens.Asker {
        private final TaskJob job;

        Asking(TaskJob job) {
            this.job = job;
        }

        @Override
        public int priority() {
            return job.node().priority();
        }

        @Override
        public boolean isAsking() {
            return job.node().wantsAdmission();
        }

        @Override
        public void mustWait() {
            run.scheduler().waitsForAdmission(job.node());
        }

        @Override
        public void waits(String obstacle) {
            run.scheduler().whileItAsks(job.node(), () -> tell(job.task(), obstacle));
        }
    }

    private void tell(SubmittedTask task, String obstacle) {
        run.record().waits(task, Phase.READY, obstacle, Optional.empty());
        run.listener().awaitsTokens(task, obstacle);
    }

    /** Makes the limit of a token in this run as large as the last plan has said, which may be another one. */
    private void follow(Token token) {
        try {
            Limit limit = limits.ofToken(token);
            OptionalLong size = shared.size(token);
            if (limit != null && size.isPresent() && size.getAsLong() != limit.size()) {
                Future<Boolean> _ = run.scheduler().resize(limit, size.getAsLong());
            }
        } catch (IOException | ExperimaestroException unread) {
            // The limit of this run only keeps jobs from asking in vain, so the former size does as well.
        }
    }

    private final class Granted implements Work.Admission {
        private final TaskJob job;
        private final HeldTokens held;

        Granted(TaskJob job, HeldTokens held) {
            this.job = job;
            this.held = held;
        }

        @Override
        public Ending run() {
            try {
                return job.runHolding(held);
            } finally {
                dismiss();
            }
        }

        @Override
        public void dismiss() {
            shared.giveBack(held);
        }
    }

    private record Refused(TaskJob job, String reason) implements Work.Admission {
        @Override
        public Ending run() {
            return job.refuse(new JobResult(
                    new JobStatus.Failed(FailureCause.NOT_STARTED, "it cannot be given its tokens: " + reason)));
        }

        @Override
        public void dismiss() {}
    }
}
