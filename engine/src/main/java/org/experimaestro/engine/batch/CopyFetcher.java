package org.experimaestro.engine.batch;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.experimaestro.engine.guard.Guard;
import org.experimaestro.engine.time.RunClock;
import org.experimaestro.spi.BatchStatus;
import org.experimaestro.spi.HostWorkspace;
import org.experimaestro.spi.RefusedException;
import org.experimaestro.spi.UnreachableException;

/**
 * Fetches the files of jobs from a host that has copies of their workspaces. Between the polls, it looks for jobs that have ended:
 * soon after something has happened, and then less and less often, so that an end is seen late by at most a tenth of the time that
 * was waited for it. Thread-safe.
 */
final class CopyFetcher {
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(300);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);
    /** The time since something has happened, in pauses. */
    private static final int PAUSES = 10;
    /**
     * The largest number of times that jobs are halved to find those that cannot be fetched: ten is enough for a
     * thousand jobs.
     */
    private static final int LARGEST_SEARCH = 10;

    private final Host host;
    private final RunClock clock;
    private final Collection<TrackedJob> all;
    private final Consumer<TrackedJob> scan;
    private final BiConsumer<Collection<TrackedJob>, Throwable> loss;
    private final Guard guard = new Guard("The code that fetches the files of jobs");
    private final Semaphore news = new Semaphore(0);
    /** The host is left to the polls, which report its trouble. */
    private volatile boolean isSuspended;

    /**
     * Creates a fetcher.
     *
     * @param all the jobs that are waited for, which change
     * @param scan takes a job whose end may be here out of these jobs
     * @param loss receives jobs whose end cannot be learned before a person has done something, and the reason
     */
    CopyFetcher(
            Host host,
            RunClock clock,
            Collection<TrackedJob> all,
            Consumer<TrackedJob> scan,
            BiConsumer<Collection<TrackedJob>, Throwable> loss) {
        this.host = host;
        this.clock = clock;
        this.all = all;
        this.scan = scan;
        this.loss = loss;
    }

    /** Looks for ends until the thread is interrupted. */
    void lookForEnds() {
        try {
            long changed = clock.nanoTime();
            long next = changed;
            while (true) {
                long now = clock.nanoTime();
                if (news.tryAcquire(next - now, TimeUnit.NANOSECONDS)) {
                    news.drainPermits();
                    changed = clock.nanoTime();
                    next = Math.min(next, changed + SHORTEST_PAUSE.toNanos());
                    continue;
                }
                if (!isSuspended && findEnds()) {
                    changed = clock.nanoTime();
                }
                now = clock.nanoTime();
                next = now + pause(now - changed);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private static long pause(long sinceChange) {
        return Math.clamp(sinceChange / PAUSES, SHORTEST_PAUSE.toNanos(), LONGEST_PAUSE.toNanos());
    }

    /** Is told that jobs were submitted, or have begun. */
    void expectEnds() {
        news.release();
    }

    /** Is told that a poll has fetched all that it should. */
    void resume() {
        isSuspended = false;
    }

    /** Fetches the jobs that have ended, unless all of a workspace's jobs are still pending; returns whether there were any. */
    private boolean findEnds() throws InterruptedException {
        boolean found = false;
        for (Map.Entry<Path, List<TrackedJob>> each : byWorkspace(all).entrySet()) {
            List<TrackedJob> jobs = each.getValue();
            if (jobs.stream().noneMatch(CopyFetcher::mayHaveEnded)) {
                continue;
            }
            try {
                HostWorkspace workspace = host.workspace(each.getKey());
                if (!workspace.isShared()) {
                    report(jobs, workspace.fetchEnded(folders(jobs)));
                    jobs.forEach(scan);
                    found |= !all.containsAll(jobs);
                }
            } catch (UnreachableException unreachable) {
                isSuspended = true;
                if (unreachable.isPermanent()) {
                    loss.accept(jobs, unreachable);
                }
            } catch (RefusedException refused) {
                isSuspended = true;
            } catch (RuntimeException | Error mistake) {
                isSuspended = true;
                guard.log(mistake);
            }
        }
        return found;
    }

    private static boolean mayHaveEnded(TrackedJob job) {
        return job.last == null || job.last.phase() != BatchStatus.Phase.PENDING;
    }

    /**
     * Fetches the files of jobs that have begun.
     *
     * @param jobs jobs that were polled
     * @param statuses the answer to the poll
     * @return the jobs whose files cannot be stored here, or not be read there, and why: others must not wait for that
     */
    Map<TrackedJob, String> fetch(List<TrackedJob> jobs, Map<String, BatchStatus> statuses)
            throws UnreachableException, InterruptedException {
        List<TrackedJob> begun = jobs.stream()
                .filter(job -> {
                    BatchStatus status = statuses.get(job.batchJob.jobId());
                    return status == null || status.phase() != BatchStatus.Phase.PENDING;
                })
                .toList();
        Map<TrackedJob, String> failed = new LinkedHashMap<>();
        for (Map.Entry<Path, List<TrackedJob>> each : byWorkspace(begun).entrySet()) {
            failed.putAll(fetch(each.getKey(), each.getValue(), LARGEST_SEARCH));
        }
        return failed;
    }

    /** Fetches jobs; if the host refuses, half by half, to find the jobs that are the cause, unless these are too many. */
    private Map<TrackedJob, String> fetch(Path root, List<TrackedJob> jobs, int halvings)
            throws UnreachableException, InterruptedException {
        try {
            HostWorkspace workspace = host.workspace(root);
            if (!workspace.isShared()) {
                report(jobs, workspace.fetch(folders(jobs)));
                jobs.forEach(scan);
            }
            return Map.of();
        } catch (RefusedException refused) {
            Map<TrackedJob, String> failed = new LinkedHashMap<>();
            int half = jobs.size() / 2;
            if (half == 0 || halvings == 0) {
                jobs.forEach(job -> failed.put(job, String.valueOf(refused.getMessage())));
                return failed;
            }
            failed.putAll(fetch(root, jobs.subList(0, half), halvings - 1));
            int left = failed.isEmpty() ? halvings - 1 : Math.min(halvings - 1, 1);
            failed.putAll(fetch(root, jobs.subList(half, jobs.size()), left));
            return failed;
        }
    }

    private static void report(List<TrackedJob> jobs, Map<Path, String> left) {
        jobs.forEach(job -> job.leftThere(left.getOrDefault(job.folder.path(), "")));
    }

    private static List<Path> folders(List<TrackedJob> jobs) {
        return jobs.stream().map(job -> job.folder.path()).toList();
    }

    private static Map<Path, List<TrackedJob>> byWorkspace(Collection<TrackedJob> jobs) {
        Map<Path, List<TrackedJob>> all = new LinkedHashMap<>();
        jobs.forEach(job ->
                all.computeIfAbsent(job.workspace, key -> new ArrayList<>()).add(job));
        return all;
    }
}
