package org.experimaestro.engine.batch;

import java.io.IOException;
import java.nio.file.Path;
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
import org.experimaestro.spi.BatchStatus;
import org.experimaestro.spi.BatchSystem;
import org.experimaestro.spi.HostWorkspace;
import org.experimaestro.spi.RefusedException;
import org.experimaestro.spi.UnreachableException;
import org.experimaestro.workspace.JobStatus;
import org.jspecify.annotations.Nullable;

/**
 * Watches over the jobs that a batch system has: their markers often, since that is cheap; the batch system itself less
 * and less often as long as nothing changes, with one call for all jobs. Thread-safe.
 */
final class BatchWatch {
    private static final Duration FIRST_LOOK = Duration.ofMillis(100);
    private static final Duration LAST_LOOK = Duration.ofSeconds(2);
    private static final Duration FIRST_POLL = Duration.ofSeconds(1);
    private static final Duration LAST_POLL = Duration.ofSeconds(15);

    private final BatchSystem system;
    private final Host host;
    private final Settlement settlement;
    private final Set<Watched> all = ConcurrentHashMap.newKeySet();
    private final Semaphore news = new Semaphore(0);
    private final Semaphore pollNews = new Semaphore(0);
    private @Nullable String outage;
    private final Set<BatchDesks> toldOfOutage = new HashSet<>();

    BatchWatch(BatchSystem system, Host host, Executor threads) {
        this.system = system;
        this.host = host;
        this.settlement = new Settlement(system, host);
        threads.execute(this::look);
        threads.execute(this::poll);
    }

    void add(Watched job) {
        all.add(job);
        news.release();
        pollNews.release();
    }

    void remove(Watched job) {
        all.remove(job);
    }

    // ---- markers ----

    private void look() {
        try {
            Duration pause = FIRST_LOOK;
            while (true) {
                boolean woken =
                        news.tryAcquire(all.isEmpty() ? LAST_POLL.toMillis() : pause.toMillis(), TimeUnit.MILLISECONDS);
                news.drainPermits();
                boolean changed = false;
                for (Watched job : all) {
                    JobStatus status = job.folder.status();
                    if (isDecided(job, status)) {
                        finish(job, status);
                        changed = true;
                    }
                }
                pause = woken || changed ? FIRST_LOOK : longer(pause, LAST_LOOK);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the files alone tell how the job ended. */
    private static boolean isDecided(Watched job, JobStatus status) {
        if (status.isActive()) {
            return status.handover() == null || !status.handover().handle().equals(job.handover.handle());
        }
        return !Settlement.needsTheSystem(status);
    }

    private void finish(Watched job, JobStatus status) {
        all.remove(job);
        job.end.complete(status);
    }

    private static Duration longer(Duration pause, Duration limit) {
        Duration next = pause.plus(pause.dividedBy(2));
        return next.compareTo(limit) < 0 ? next : limit;
    }

    // ---- the batch system ----

    private void poll() {
        try {
            Duration pause = FIRST_POLL;
            while (true) {
                boolean woken = pollNews.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS);
                if (woken) {
                    // Jobs that come together are asked for together.
                    Thread.sleep(FIRST_POLL);
                    pollNews.drainPermits();
                }
                List<Watched> jobs = List.copyOf(all);
                boolean changed = !jobs.isEmpty() && ask(jobs);
                pause = woken || changed ? FIRST_POLL : longer(pause, LAST_POLL);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean ask(List<Watched> jobs) throws InterruptedException {
        Set<String> handles = new LinkedHashSet<>();
        Instant since = Instant.now();
        for (Watched job : jobs) {
            handles.add(job.handover.handle());
            since = job.handover.since().isBefore(since) ? job.handover.since() : since;
        }
        try {
            Map<String, BatchStatus> told = system.poll(host.shell(), handles, since);
            fetch(jobs, told);
            back(jobs);
            return hear(jobs, told);
        } catch (UnreachableException unreachable) {
            gone(jobs, String.valueOf(unreachable.getMessage()));
        } catch (RefusedException refused) {
            gone(jobs, String.valueOf(refused.getMessage()));
        } catch (RuntimeException | LinkageError mistake) {
            // Of a launcher type that somebody else may have written: without this thread, nobody would learn of an
            // end.
            gone(
                    jobs,
                    "The answer of " + host.nameOf(jobs.getFirst().handover.launcher()) + " cannot be used: "
                            + mistake);
        }
        return false;
    }

    private boolean hear(List<Watched> jobs, Map<String, BatchStatus> told) throws InterruptedException {
        boolean changed = false;
        for (Watched job : jobs) {
            if (!all.contains(job)) {
                continue;
            }
            BatchStatus before = job.last;
            BatchStatus now = told.get(job.handover.handle());
            try {
                JobStatus end = settlement.settle(job, now);
                if (end != null) {
                    finish(job, end);
                }
            } catch (IOException failed) {
                job.voice.warns("Cannot store how " + job.folder.name() + " ended: " + failed.getMessage());
            }
            changed |= now == null || before == null || !before.toString().equals(now.toString());
        }
        return changed;
    }

    /** Brings the files of jobs that have begun, where the workspace is not shared. */
    private void fetch(List<Watched> jobs, Map<String, BatchStatus> told)
            throws UnreachableException, RefusedException, InterruptedException {
        Map<Path, List<Path>> folders = new LinkedHashMap<>();
        for (Watched job : jobs) {
            BatchStatus status = told.get(job.handover.handle());
            if (status == null || status.phase() != BatchStatus.Phase.PENDING) {
                folders.computeIfAbsent(job.workspace, key -> new ArrayList<>()).add(job.folder.path());
            }
        }
        for (Map.Entry<Path, List<Path>> each : folders.entrySet()) {
            HostWorkspace workspace = host.workspace(each.getKey());
            if (!workspace.isShared()) {
                workspace.fetch(each.getValue());
                news.release();
            }
        }
    }

    private void gone(Collection<Watched> jobs, String problem) {
        if (!problem.equals(outage)) {
            outage = problem;
            toldOfOutage.clear();
        }
        onePerRun(jobs).forEach((run, job) -> {
            if (toldOfOutage.add(run)) {
                job.voice.warns(problem + "; jobs go on, and are asked for again until it answers");
            }
        });
    }

    private void back(Collection<Watched> jobs) {
        if (outage != null) {
            outage = null;
            onePerRun(jobs).forEach((run, job) -> {
                if (toldOfOutage.contains(run)) {
                    job.voice.warns(host.nameOf(job.handover.launcher()) + " answers again");
                }
            });
            toldOfOutage.clear();
        }
    }

    private static Map<BatchDesks, Watched> onePerRun(Collection<Watched> jobs) {
        Map<BatchDesks, Watched> one = new LinkedHashMap<>();
        jobs.forEach(job -> one.putIfAbsent(job.run, job));
        return one;
    }
}
