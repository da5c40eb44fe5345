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
import org.experimaestro.engine.guard.Guard;
import org.experimaestro.spi.BatchStatus;
import org.experimaestro.spi.BatchSystem;
import org.experimaestro.spi.HostWorkspace;
import org.experimaestro.spi.RefusedException;
import org.experimaestro.spi.UnreachableException;
import org.experimaestro.workspace.AttemptReconciler;
import org.experimaestro.workspace.JobStatus;
import org.jspecify.annotations.Nullable;

/**
 * Watches over the jobs that a batch system has: their markers often, since that is cheap; the batch system itself less
 * and less often as long as nothing changes, with one call for all jobs. Thread-safe.
 */
final class BatchWatch {
    private static final Duration FIRST_LOOK = Duration.ofMillis(100);
    private static final Duration LAST_LOOK = Duration.ofSeconds(2);
    /** How long nothing is looked at where there is no job; a new one ends that. */
    private static final Duration IDLE = Duration.ofSeconds(15);
    /** The longest pause between two polls, in periods of the system. */
    private static final int LONGEST_PAUSE = 15;
    /** How often jobs of which some cannot be fetched are halved, to find these: ten is enough for a thousand jobs. */
    private static final int LARGEST_SEARCH = 10;

    private static final String ASKED_AGAIN = "; jobs go on, and are asked for again until it answers";

    private final BatchSystem system;
    private final Host host;
    private final Duration firstPoll;
    private final Settlement settlement;
    private final Guard guard = new Guard("The code that watches over the jobs of a batch system");
    private final Set<Watched> all = ConcurrentHashMap.newKeySet();
    private final Semaphore news = new Semaphore(0);
    private final Semaphore pollNews = new Semaphore(0);
    private @Nullable String outage;
    private final Set<BatchDesks> toldOfOutage = new HashSet<>();

    BatchWatch(BatchSystem system, Host host, Duration period, Executor threads) {
        this.system = system;
        this.host = host;
        this.firstPoll = period;
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
                        news.tryAcquire(all.isEmpty() ? IDLE.toMillis() : pause.toMillis(), TimeUnit.MILLISECONDS);
                news.drainPermits();
                int before = all.size();
                for (Watched job : all) {
                    guard.run(() -> look(job)).ifPresent(mistake -> lose(List.of(job), mistake));
                }
                pause = woken || all.size() < before ? FIRST_LOOK : longer(pause, LAST_LOOK);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void look(Watched job) {
        JobStatus status = job.folder.status();
        if (AttemptReconciler.isDecided(status, job.handover)) {
            finish(job, status);
        }
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
            Duration pause = firstPoll;
            while (true) {
                boolean woken = pollNews.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS);
                if (woken) {
                    // Jobs that come together are asked for together.
                    Thread.sleep(firstPoll);
                    pollNews.drainPermits();
                }
                List<Watched> jobs = List.copyOf(all);
                boolean changed = !jobs.isEmpty() && ask(jobs);
                pause = woken || changed ? firstPoll : longer(pause, firstPoll.multipliedBy(LONGEST_PAUSE));
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
            Map<String, BatchStatus> told = system.poll(handles, since);
            Map<Watched, String> unfetched = fetch(jobs, told);
            List<Watched> fetched = new ArrayList<>(jobs);
            fetched.removeAll(unfetched.keySet());
            if (unfetched.isEmpty()) {
                back(jobs);
            } else {
                gone(unfetched.keySet(), unfetched.values().iterator().next() + "; it is tried again until it works");
            }
            return hear(fetched, told);
        } catch (UnreachableException unreachable) {
            if (unreachable.isPermanent()) {
                lose(jobs, unreachable);
            } else {
                gone(jobs, unreachable.getMessage() + ASKED_AGAIN);
            }
        } catch (RuntimeException | Error mistake) {
            // Somebody else may have written the launcher type: without this thread, nobody would learn of an end.
            gone(
                    jobs,
                    "The answer of " + host.nameOf(jobs.getFirst().handover.launcher()) + " cannot be used: " + mistake
                            + ASKED_AGAIN);
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
            } catch (RuntimeException | Error mistake) {
                guard.log(mistake);
                lose(List.of(job), mistake);
            }
            changed |= now == null
                    ? !job.unknown
                    : before == null || !before.toString().equals(now.toString()) || job.unknown;
            job.unknown = now == null;
        }
        return changed;
    }

    /**
     * Brings the files of jobs that have begun, where the workspace is not shared.
     *
     * @return the jobs whose files cannot be stored here, or not be read there, and why: others must not wait for that
     */
    private Map<Watched, String> fetch(List<Watched> jobs, Map<String, BatchStatus> told)
            throws UnreachableException, InterruptedException {
        Map<Path, List<Watched>> begun = new LinkedHashMap<>();
        for (Watched job : jobs) {
            BatchStatus status = told.get(job.handover.handle());
            if (status == null || status.phase() != BatchStatus.Phase.PENDING) {
                begun.computeIfAbsent(job.workspace, key -> new ArrayList<>()).add(job);
            }
        }
        Map<Watched, String> failed = new LinkedHashMap<>();
        for (Map.Entry<Path, List<Watched>> each : begun.entrySet()) {
            failed.putAll(fetch(each.getKey(), each.getValue(), LARGEST_SEARCH));
        }
        return failed;
    }

    /** Fetches jobs; if the host refuses, half by half, to find the jobs that are the cause, unless these are too many. */
    private Map<Watched, String> fetch(Path root, List<Watched> jobs, int halvings)
            throws UnreachableException, InterruptedException {
        try {
            HostWorkspace workspace = host.workspace(root);
            if (!workspace.isShared()) {
                Map<Path, String> left = workspace.fetch(
                        jobs.stream().map(job -> job.folder.path()).toList());
                jobs.forEach(job -> job.leftThere(left.getOrDefault(job.folder.path(), "")));
                news.release();
            }
            return Map.of();
        } catch (RefusedException refused) {
            Map<Watched, String> failed = new LinkedHashMap<>();
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

    /** Fails the waiters of these jobs, because nothing is learned of the jobs before a person has done something. */
    private void lose(Collection<Watched> jobs, Throwable reason) {
        for (Watched job : jobs) {
            all.remove(job);
            job.end.completeExceptionally(reason);
        }
    }

    private void gone(Collection<Watched> jobs, String problem) {
        if (!problem.equals(outage)) {
            outage = problem;
            toldOfOutage.clear();
        }
        onePerRun(jobs).forEach((run, job) -> {
            if (toldOfOutage.add(run)) {
                job.voice.warns(problem);
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
