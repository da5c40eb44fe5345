package org.experimaestro.engine.batch;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.experimaestro.engine.time.RunClock;
import org.experimaestro.spi.Batch;
import org.experimaestro.spi.BatchSystem;
import org.experimaestro.spi.RefusedException;
import org.experimaestro.spi.UnreachableException;
import org.experimaestro.workspace.BatchJobReference;
import org.experimaestro.workspace.Failures;

/**
 * A submitter of equal jobs to a batch system. It tries again while the system does not answer, tries the parts of a
 * batch that is refused, and holds jobs back whose former attempts still run. Thread-safe.
 */
final class BatchSubmitter {
    private static final String OVER = "An attempt whose submission was not confirmed has ended already";

    /** The first and the last pause before another try, in the system's periods of polls. */
    private static final int FIRST_PAUSE = 2;

    private static final int LAST_PAUSE = 60;

    private final BatchSystem system;
    private final Host host;
    private final JavaCheck javaCheck;
    private final RunClock clock;
    private final Duration period;
    private final Executor threads;
    private final LauncherStarts starts;
    /** The jobs that wait for the ends of former attempts. */
    private final Set<Submission> held = ConcurrentHashMap.newKeySet();

    BatchSubmitter(
            BatchSystem system, Host host, Duration period, Executor threads, RunClock clock, LauncherStarts starts) {
        this.system = system;
        this.host = host;
        this.javaCheck = new JavaCheck(host);
        this.clock = clock;
        this.period = period;
        this.threads = threads;
        this.starts = starts;
    }

    /** Submits jobs: all to one of the equally good places, or spread among them. */
    void submit(List<Submission> jobs) throws InterruptedException {
        for (List<Submission> atOnePlace : JobSpread.of(jobs, system)) {
            submitParts(atOnePlace);
        }
    }

    /**
     * Submits jobs, together if possible. If an array is refused, its parts are tried, because a site may allow smaller
     * arrays, or none. If the answer is unclear, nothing is tried again, because the system may have all jobs.
     */
    private void submitParts(List<Submission> all) throws InterruptedException {
        try {
            submitTogether(all);
        } catch (RefusedException refused) {
            List<Submission> jobs = wanted(all);
            if (jobs.size() <= 1 || refused.isUnclear()) {
                fail(jobs, refused);
                return;
            }
            Submission first = jobs.getFirst();
            try {
                submitTogether(List.of(first));
            } catch (RefusedException again) {
                fail(jobs, again);
                return;
            }
            List<Submission> rest = jobs.subList(1, jobs.size());
            submitParts(rest.subList(0, (rest.size() + 1) / 2));
            if (rest.size() > 1) {
                submitParts(rest.subList((rest.size() + 1) / 2, rest.size()));
            }
        }
    }

    private void submitTogether(List<Submission> all) throws RefusedException, InterruptedException {
        List<Submission> jobs = wanted(all);
        Duration pause = period.multipliedBy(FIRST_PAUSE);
        boolean said = false;
        boolean again = false;
        while (!jobs.isEmpty()) {
            Submission first = jobs.getFirst();
            try {
                jobs = withoutFormer(jobs, again);
                if (jobs.isEmpty()) {
                    return;
                }
                first = jobs.getFirst();
                if (system.runsOnOwnHost()) {
                    javaCheck.requireJava(first.spec().placement());
                }
                Optional<String> problem = starts.findProblem(first.launcher());
                if (problem.isPresent()) {
                    fail(jobs, new RefusedException(problem.get()));
                    return;
                }
                Submission one = first;
                Instant now = clock.instant();
                Batch batch = HostBatch.prepare(jobs, host, now);
                List<String> jobIds = system.submit(batch, warning -> warn(one, warning));
                if (said) {
                    first.spec().listener().warned(host.nameOf(first.launcher()) + " answers again");
                }
                store(jobs, HostBatch.batchJobs(batch, jobIds, now));
                return;
            } catch (UnreachableException unreachable) {
                if (unreachable.isPermanent()) {
                    throw new RefusedException(String.valueOf(unreachable.getMessage()));
                }
                if (!said) {
                    said = true;
                    first.spec()
                            .listener()
                            .warned(unreachable.getMessage() + "; " + jobs.size()
                                    + (jobs.size() == 1 ? " job waits" : " jobs wait")
                                    + " to be submitted, and will be when it answers");
                }
            } catch (IOException failed) {
                throw new RefusedException(Failures.reason(failed));
            }
            clock.sleep(pause);
            pause = longer(pause);
            again = true;
            jobs = wanted(jobs);
        }
    }

    /** Shows a warning of the batch system once for each run, because it usually concerns all jobs. */
    private static void warn(Submission one, String warning) {
        if (one.run().isNew(one.launcher() + ": " + warning)) {
            one.spec().listener().warned("The launcher " + one.launcher() + " has taken the job, and says: " + warning);
        }
    }

    /**
     * Returns the jobs without those that a former attempt has done or runs. The latter are submitted after the end of
     * that attempt.
     */
    private List<Submission> withoutFormer(List<Submission> jobs, boolean again)
            throws IOException, UnreachableException, RefusedException, InterruptedException {
        RemoteAttempts.Found found = RemoteAttempts.look(jobs, host, again);
        fail(found.over(), new RefusedException(OVER));
        Map<Submission, String> running = new LinkedHashMap<>(found.running());
        running.keySet().removeIf(job -> !held.add(job));
        if (!running.isEmpty()) {
            threads.execute(() -> awaitFormer(running));
        }
        return jobs.stream().filter(found::isFree).toList();
    }

    /** Submits jobs after the ends of their former attempts. */
    private void awaitFormer(Map<Submission, String> running) {
        List<Submission> left = List.copyOf(running.keySet());
        try {
            Submission first = left.getFirst();
            first.spec()
                    .listener()
                    .warned("Attempt " + running.get(first) + " of "
                            + first.attempt().job().name() + " still runs on "
                            + host.nameOf(first.launcher()) + ", whose answer was lost when it was submitted; "
                            + (running.size() == 1 ? "1 job waits" : running.size() + " jobs wait")
                            + " for the end of such attempts");
            Duration pause = period.multipliedBy(FIRST_PAUSE);
            while (!left.isEmpty()) {
                clock.sleep(pause);
                pause = longer(pause);
                left = submitEnded(left);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            cancel(left);
        } catch (RuntimeException | Error mistake) {
            fail(left, mistake);
        } finally {
            held.removeAll(running.keySet());
        }
    }

    /** Submits the jobs whose former attempts have ended, and returns the others. */
    private List<Submission> submitEnded(List<Submission> waiting) throws InterruptedException {
        List<Submission> left =
                waiting.stream().filter(job -> !job.answer().isDone()).toList();
        if (left.isEmpty()) {
            return left;
        }
        try {
            RemoteAttempts.Found found = RemoteAttempts.look(left, host, true);
            fail(found.over(), new RefusedException(OVER));
            List<Submission> free = left.stream().filter(found::isFree).toList();
            held.removeAll(free);
            submitParts(free);
            return List.copyOf(found.running().keySet());
        } catch (UnreachableException away) {
            if (away.isPermanent()) {
                fail(left, new RefusedException(String.valueOf(away.getMessage())));
                return List.of();
            }
            return left; // the next time, perhaps
        } catch (RefusedException refused) {
            fail(left, refused);
        } catch (IOException failed) {
            fail(left, new RefusedException(Failures.reason(failed)));
        }
        return List.of();
    }

    private Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        Duration longest = period.multipliedBy(LAST_PAUSE);
        return twice.compareTo(longest) < 0 ? twice : longest;
    }

    /**
     * Returns the jobs without those whose run was stopped, whose result is known, or that wait for the end of a former
     * attempt.
     */
    private List<Submission> wanted(List<Submission> jobs) {
        return jobs.stream()
                .filter(job -> !job.answer().isDone() && !held.contains(job))
                .toList();
    }

    private void store(List<Submission> jobs, List<BatchJobReference> batchJobs) throws InterruptedException {
        Set<String> orphans = new LinkedHashSet<>();
        for (int i = 0; i < jobs.size(); i++) {
            Submission job = jobs.get(i);
            BatchJobReference batchJob = batchJobs.get(i);
            try {
                job.attempt().recordBatchJob(batchJob);
                job.spec().listener().submitted();
                if (!job.answer().complete(batchJob)) {
                    orphans.add(batchJob.jobId());
                }
            } catch (IOException failed) {
                orphans.add(batchJob.jobId());
                fail(
                        List.of(job),
                        new RefusedException(
                                "Cannot store that " + batchJob + " has the job: " + Failures.reason(failed)));
            }
        }
        if (!orphans.isEmpty()) {
            drop(orphans, batchJobs.getFirst().name(), jobs.getFirst());
        }
    }

    /**
     * Cancels jobs for which no run waits any longer. A job that cannot be cancelled finds at its start that it was
     * given up.
     */
    private void drop(Set<String> orphans, String name, Submission one) throws InterruptedException {
        try {
            system.cancel(name, orphans);
        } catch (UnreachableException | RefusedException failed) {
            one.spec()
                    .listener()
                    .warned("Cannot cancel " + String.join(", ", orphans) + " on " + host.nameOf(one.launcher())
                            + ", which will end at once when they start: " + failed.getMessage());
        }
    }

    /** Cancels the answers of submissions. */
    static void cancel(List<Submission> jobs) {
        jobs.forEach(job -> job.answer().cancel(false));
    }

    /** Completes the answers of submissions with a problem. */
    static void fail(List<Submission> jobs, Throwable problem) {
        for (Submission job : jobs) {
            CompletableFuture<BatchJobReference> answer = job.answer();
            answer.completeExceptionally(problem);
        }
    }
}
