package org.experimaestro.engine.batch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.experimaestro.engine.time.RunClock;
import org.experimaestro.spi.BatchSystem;
import org.experimaestro.spi.RefusedException;
import org.experimaestro.workspace.BatchJobReference;

/**
 * A collector of equal jobs that come at about the same time, and are submitted to the batch system together.
 * Thread-safe.
 *
 * <p>A batch is complete when it is as large as the system accepts, when no job has come for {@link #QUIET} and no equal
 * job is about to become ready, or after {@link #PATIENCE}.
 */
final class SubmissionBatcher {
    static final Duration QUIET = Duration.ofMillis(100);
    static final Duration PATIENCE = Duration.ofMillis(1500);

    private final BatchSystem system;
    private final BatchSubmitter submitter;
    private final RunClock clock;
    private final Executor threads;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Submission.Key, List<Submission>> waiting = new LinkedHashMap<>();

    SubmissionBatcher(
            BatchSystem system, Host host, Duration period, Executor threads, RunClock clock, LauncherStarts starts) {
        this.system = system;
        this.submitter = new BatchSubmitter(system, host, period, threads, clock, starts);
        this.clock = clock;
        this.threads = threads;
    }

    boolean hasDependencies() {
        return system.hasDependencies();
    }

    /**
     * Submits a job to the batch system. Blocks until the system has accepted the job.
     *
     * @return the batch job, whose reference is stored with the attempt
     * @throws RefusedException if the system or its host refuses the job
     * @throws InterruptedException if this thread is interrupted; if the system has accepted the job, it is cancelled
     *     there
     */
    BatchJobReference submit(Submission submission) throws RefusedException, InterruptedException {
        lock.lock();
        try {
            List<Submission> batch = waiting.get(submission.key());
            if (batch == null) {
                threads.execute(() -> collect(submission.key()));
                batch = new ArrayList<>();
                waiting.put(submission.key(), batch);
            }
            batch.add(submission);
        } finally {
            lock.unlock();
        }
        try {
            return submission.answer().get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RefusedException refused) {
                throw refused;
            }
            if (failed.getCause() instanceof RuntimeException mistake) {
                throw mistake;
            }
            throw new IllegalStateException(String.valueOf(failed.getCause()), failed.getCause());
        } catch (CancellationException closed) {
            throw new InterruptedException("The client of the batch system was closed");
        } catch (InterruptedException stopped) {
            submission.answer().cancel(false);
            throw stopped;
        }
    }

    private void collect(Submission.Key key) {
        List<Submission> jobs = new ArrayList<>();
        try {
            awaitBatch(key);
            take(key, jobs);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            BatchSubmitter.cancel(removeAll(key));
            return;
        } catch (RuntimeException | Error mistake) {
            // For example, a class is missing. No submission may wait forever for it, including those that are not
            // taken yet.
            BatchSubmitter.fail(jobs, mistake);
            BatchSubmitter.fail(removeAll(key), mistake);
            return;
        }
        // Submissions that have come under the key since then have a thread of their own, and another result.
        try {
            submitter.submit(jobs);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            BatchSubmitter.cancel(jobs);
        } catch (RuntimeException | Error mistake) {
            BatchSubmitter.fail(jobs, mistake);
        }
    }

    private void awaitBatch(Submission.Key key) throws InterruptedException {
        int before = -1;
        long start = clock.nanoTime();
        while ((size(key) > before || expectsMore(waiting(key)))
                && size(key) < system.largestBatch()
                && clock.nanoTime() - start < PATIENCE.toNanos()) {
            before = size(key);
            clock.sleep(QUIET);
        }
    }

    private static boolean expectsMore(List<Submission> jobs) {
        return !jobs.isEmpty() && jobs.getFirst().spec().expectsMoreThan().test(jobs.size());
    }

    private List<Submission> removeAll(Submission.Key key) {
        lock.lock();
        try {
            List<Submission> all = waiting.remove(key);
            return all == null ? List.of() : all;
        } finally {
            lock.unlock();
        }
    }

    private int size(Submission.Key key) {
        return waiting(key).size();
    }

    private List<Submission> waiting(Submission.Key key) {
        lock.lock();
        try {
            return List.copyOf(waiting.getOrDefault(key, List.of()));
        } finally {
            lock.unlock();
        }
    }

    private void take(Submission.Key key, List<Submission> taken) {
        lock.lock();
        try {
            List<Submission> all = waiting.getOrDefault(key, List.of());
            int count = Math.min(all.size(), Math.max(1, system.largestBatch()));
            waiting.remove(key);
            taken.addAll(all.subList(0, count));
            if (count < all.size()) {
                waiting.put(key, new ArrayList<>(all.subList(count, all.size())));
                threads.execute(() -> collect(key));
            }
        } finally {
            lock.unlock();
        }
    }
}
