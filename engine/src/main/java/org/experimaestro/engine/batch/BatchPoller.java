package org.experimaestro.engine.batch;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.experimaestro.engine.guard.Guard;
import org.experimaestro.engine.time.RunClock;
import org.experimaestro.spi.BatchStatus;
import org.experimaestro.spi.BatchSystem;
import org.experimaestro.spi.UnreachableException;
import org.experimaestro.workspace.AttemptReconciler;
import org.experimaestro.workspace.JobStatus;
import org.jspecify.annotations.Nullable;

/**
 * A poller for the ends of the jobs that a batch system has. It reads their markers often, because that is cheap. It
 * polls the batch system with one call for all jobs, and less and less often as long as nothing changes. Thread-safe.
 */
final class BatchPoller {
    private static final Duration FIRST_SCAN = Duration.ofMillis(100);
    private static final Duration LAST_SCAN = Duration.ofSeconds(2);
    /** The pause between scans while there is no job; a new job ends it. */
    private static final Duration IDLE = Duration.ofSeconds(15);
    /** The longest pause between two polls, in periods of the system. */
    private static final int LONGEST_PAUSE = 15;

    private static final String POLLED_AGAIN = "; jobs go on, and are asked for again until it answers";

    private final BatchSystem system;
    private final Host host;
    private final RunClock clock;
    private final Duration firstPoll;
    private final LauncherStarts starts;
    private final AccountedUseCollector uses;
    private final AttemptCloser closer;
    private final CopyFetcher fetcher;
    private final Guard guard = new Guard("The code that watches over the jobs of a batch system");
    private final Set<TrackedJob> all = ConcurrentHashMap.newKeySet();
    private final Semaphore news = new Semaphore(0);
    private final Semaphore pollNews = new Semaphore(0);
    private @Nullable String outage;
    private final Set<RunBatchClients> warnedOfOutage = new HashSet<>();

    BatchPoller(
            BatchSystem system,
            Host host,
            Duration period,
            Executor threads,
            RunClock clock,
            LauncherStarts starts,
            AccountedUseCollector uses) {
        this.system = system;
        this.host = host;
        this.clock = clock;
        this.firstPoll = period;
        this.starts = starts;
        this.uses = uses;
        this.closer = new AttemptCloser(system, host, clock, starts);
        this.fetcher = new CopyFetcher(host, clock, all, this::scanGuarded, this::failPermanently);
        threads.execute(this::scanMarkers);
        threads.execute(fetcher::lookForEnds);
        threads.execute(this::poll);
    }

    void add(TrackedJob job) {
        all.add(job);
        news.release();
        pollNews.release();
        fetcher.expectEnds();
    }

    void remove(TrackedJob job) {
        all.remove(job);
    }

    // ---- markers ----

    private void scanMarkers() {
        try {
            Duration pause = FIRST_SCAN;
            while (true) {
                boolean woken =
                        news.tryAcquire(all.isEmpty() ? IDLE.toMillis() : pause.toMillis(), TimeUnit.MILLISECONDS);
                news.drainPermits();
                int before = all.size();
                all.forEach(this::scanGuarded);
                pause = woken || all.size() < before ? FIRST_SCAN : longer(pause, LAST_SCAN);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void scanGuarded(TrackedJob job) {
        guard.run(() -> scanMarker(job)).ifPresent(mistake -> failPermanently(List.of(job), mistake));
    }

    private void scanMarker(TrackedJob job) {
        JobStatus status = job.folder.status();
        if (status instanceof JobStatus.Running || status instanceof JobStatus.Done) {
            starts.succeeded(job.batchJob.launcher());
        }
        if (AttemptReconciler.isDecided(status, job.batchJob) && !job.isGivenUp) {
            finish(job, status);
        }
    }

    private void finish(TrackedJob job, JobStatus status) {
        all.remove(job);
        uses.add(job, status);
        job.end.complete(status);
    }

    private static Duration longer(Duration pause, Duration limit) {
        Duration next = pause.plus(pause.dividedBy(2));
        return next.compareTo(limit) < 0 ? next : limit;
    }

    // ---- the batch system ----

    private void poll() {
        try {
            Duration pause = firstPoll;
            while (true) {
                boolean woken = pollNews.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS);
                if (woken) {
                    // Jobs that come together are polled together.
                    clock.sleep(firstPoll);
                    pollNews.drainPermits();
                }
                List<TrackedJob> jobs = List.copyOf(all);
                boolean changed = !jobs.isEmpty() && pollOnce(jobs);
                pause = woken || changed ? firstPoll : longer(pause, firstPoll.multipliedBy(LONGEST_PAUSE));
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean pollOnce(List<TrackedJob> jobs) throws InterruptedException {
        Set<String> jobIds = new LinkedHashSet<>();
        Instant since = clock.instant();
        for (TrackedJob job : jobs) {
            jobIds.add(job.batchJob.jobId());
            since = job.batchJob.since().isBefore(since) ? job.batchJob.since() : since;
        }
        try {
            Map<String, BatchStatus> statuses = system.poll(jobIds, since);
            Map<TrackedJob, String> unfetched = fetcher.fetch(jobs, statuses);
            List<TrackedJob> fetched = new ArrayList<>(jobs);
            fetched.removeAll(unfetched.keySet());
            if (unfetched.isEmpty()) {
                reportRecovery(jobs);
                fetcher.resume();
            } else {
                reportOutage(
                        unfetched.keySet(),
                        unfetched.values().iterator().next() + "; it is tried again until it works");
            }
            return processStatuses(fetched, statuses);
        } catch (UnreachableException unreachable) {
            if (unreachable.isPermanent()) {
                failPermanently(jobs, unreachable);
            } else {
                reportOutage(jobs, unreachable.getMessage() + POLLED_AGAIN);
            }
        } catch (RuntimeException | Error mistake) {
            // A launcher type from elsewhere may have a mistake: without this thread, no end would be noticed.
            reportOutage(
                    jobs,
                    "The answer of " + host.nameOf(jobs.getFirst().batchJob.launcher()) + " cannot be used: " + mistake
                            + POLLED_AGAIN);
        }
        return false;
    }

    private boolean processStatuses(List<TrackedJob> jobs, Map<String, BatchStatus> statuses)
            throws InterruptedException {
        boolean changed = false;
        for (TrackedJob job : jobs) {
            if (!all.contains(job)) {
                continue;
            }
            BatchStatus before = job.last;
            BatchStatus now = statuses.get(job.batchJob.jobId());
            try {
                JobStatus end = closer.close(job, now);
                if (end != null) {
                    finish(job, end);
                }
            } catch (IOException failed) {
                job.listener.warned("Cannot store how " + job.folder.name() + " ended: " + failed.getMessage());
            } catch (RuntimeException | Error mistake) {
                guard.log(mistake);
                failPermanently(List.of(job), mistake);
            }
            changed |= now == null
                    ? !job.unknown
                    : before == null || !before.toString().equals(now.toString()) || job.unknown;
            job.unknown = now == null;
        }
        giveUpUnstarted();
        if (changed) {
            fetcher.expectEnds();
        }
        return changed;
    }

    /** Gives up the jobs that wait in the batch system, where they could not start either. */
    private void giveUpUnstarted() throws InterruptedException {
        Map<String, List<TrackedJob>> byProblem = new LinkedHashMap<>();
        for (TrackedJob job : all) {
            if (job.isPending()) {
                starts.findProblem(job.batchJob.launcher())
                        .ifPresent(problem -> byProblem
                                .computeIfAbsent(problem, each -> new ArrayList<>())
                                .add(job));
            }
        }
        for (Map.Entry<String, List<TrackedJob>> each : byProblem.entrySet()) {
            closer.giveUp(each.getValue(), each.getKey()).forEach(this::finish);
        }
    }

    /** Fails the waiters of these jobs, because their ends cannot be observed until somebody fixes the cause. */
    private void failPermanently(Collection<TrackedJob> jobs, Throwable reason) {
        for (TrackedJob job : jobs) {
            all.remove(job);
            job.end.completeExceptionally(reason);
        }
    }

    private void reportOutage(Collection<TrackedJob> jobs, String problem) {
        if (!problem.equals(outage)) {
            outage = problem;
            warnedOfOutage.clear();
        }
        onePerRun(jobs).forEach((run, job) -> {
            if (warnedOfOutage.add(run)) {
                job.listener.warned(problem);
            }
        });
    }

    private void reportRecovery(Collection<TrackedJob> jobs) {
        if (outage != null) {
            outage = null;
            onePerRun(jobs).forEach((run, job) -> {
                if (warnedOfOutage.contains(run)) {
                    job.listener.warned(host.nameOf(job.batchJob.launcher()) + " answers again");
                }
            });
            warnedOfOutage.clear();
        }
    }

    private static Map<RunBatchClients, TrackedJob> onePerRun(Collection<TrackedJob> jobs) {
        Map<RunBatchClients, TrackedJob> one = new LinkedHashMap<>();
        jobs.forEach(job -> one.putIfAbsent(job.run, job));
        return one;
    }
}
