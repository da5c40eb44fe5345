package org.experimaestro.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.experimaestro.engine.guard.Guard;
import org.experimaestro.engine.guard.Uninterrupted;
import org.experimaestro.engine.lease.LauncherShare;
import org.experimaestro.engine.schedule.Limit;
import org.experimaestro.engine.schedule.LimitUse;
import org.experimaestro.engine.schedule.Phase;
import org.experimaestro.engine.schedule.Scheduler;
import org.experimaestro.engine.time.RunClock;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.workspace.Failures;
import org.experimaestro.workspace.ProcessIdentity;

/**
 * The limits of launchers' jobs, which this run shares with the other runs of its user. Each second a thread of each
 * limit looks at what the other runs want, and changes the part of this run. Thread-safe.
 */
final class SharedLimits implements LauncherLimits.Source, AutoCloseable {
    private static final Duration PERIOD = Duration.ofSeconds(1);
    /** The digits of an identifier in a key; jobs of different workspaces may have the same identifier. */
    private static final int KEY_DIGITS = 16;

    private static final Duration LAST_UPDATE = Duration.ofSeconds(5);

    private final Path state;
    private final Scheduler scheduler;
    private final RunListener listener;
    private final RunClock clock;
    private final Guard guard = new Guard("The code that shares the limits of launchers");
    private final List<Sharing> all = new CopyOnWriteArrayList<>();
    /** The keys of the jobs that run, or for whose ends the run waits, by their launchers. */
    private final Map<String, Set<String>> running = new ConcurrentHashMap<>();

    private volatile boolean closed;

    /**
     * Creates limits of no launcher.
     *
     * @param state the folder of this user's state, which has the shares of all runs
     * @param scheduler the scheduler of the jobs
     * @param listener the listener that gets a warning if a limit cannot be shared
     * @param clock the clock of the pauses
     */
    SharedLimits(Path state, Scheduler scheduler, RunListener listener, RunClock clock) {
        this.state = state;
        this.scheduler = scheduler;
        this.listener = listener;
        this.clock = clock;
    }

    /** Creates a limit without room, and begins to share it. Called by the scheduler's thread. */
    @Override
    public Limit create(String name, LauncherDefinition launcher, long size) {
        Sharing sharing = new Sharing(launcher, Limit.shared(name, size));
        all.add(sharing);
        sharing.thread.start();
        return sharing.limit;
    }

    /** Remembers the jobs of launchers with a limit, so that those for which other runs wait as well count once. */
    @Override
    public void changed(TaskJob job, Phase phase) {
        String key = key(job.task());
        running.values().forEach(jobs -> jobs.remove(key)); // its launcher may have been another one
        LauncherDefinition launcher = JobSpecs.placement(job.task()).launcher();
        if (phase == Phase.RUNNING && launcher.limit().isPresent()) {
            jobs(launcher.name()).add(key);
        }
    }

    private Set<String> jobs(String launcher) {
        return running.computeIfAbsent(launcher, name -> ConcurrentHashMap.newKeySet());
    }

    /** Returns a short text that is the same for all runs of the job, and another one for other jobs. */
    private static String key(SubmittedTask task) {
        return task.id().toString().substring(0, KEY_DIGITS)
                + Integer.toHexString(task.folder().path().toString().hashCode());
    }

    /** A limit that is shared. */
    private final class Sharing {
        private final String launcher;
        private final Limit limit;
        private final LauncherShare share;
        private final ReentrantLock updating = new ReentrantLock();
        private final Thread thread =
                Thread.ofVirtual().name("experimaestro-shares").unstarted(this::run);
        private boolean isWarned;

        Sharing(LauncherDefinition launcher, Limit limit) {
            this.launcher = launcher.name();
            this.limit = limit;
            // The home folder of a cluster is that of many machines, each of which has its own places.
            String shared = launcher.isHere()
                    ? launcher.name() + "@" + ProcessIdentity.current().host()
                    : launcher.name();
            this.share = new LauncherShare(state, shared, limit.whole(), clock, () -> jobs(launcher.name()));
        }

        private void run() {
            try {
                while (!closed) {
                    update();
                    if (!closed) { // the interrupt of the end may have come during an update
                        clock.sleep(PERIOD);
                    }
                }
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException | Error mistake) {
                guard.log(mistake);
                apply(limit.whole());
            }
        }

        /** Updates the share. The thread is not interrupted meanwhile, which would close the file that is its lock. */
        private void update() {
            updating.lock();
            try {
                Thread.interrupted();
                share.update(this::apply);
            } catch (IOException failed) {
                warn(failed);
                apply(limit.whole());
            } finally {
                updating.unlock();
            }
        }

        private LimitUse apply(long size) {
            try {
                return scheduler.share(limit, size).get();
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
                return LimitUse.NONE;
            } catch (ExecutionException impossible) {
                throw new AssertionError("The scheduler always answers", impossible);
            }
        }

        private void warn(IOException failed) {
            if (!isWarned) {
                isWarned = true;
                listener.warning("The limit of the launcher " + launcher
                        + " counts the jobs of this run alone at present, because the shares of other runs cannot be read"
                        + " or written: " + Failures.reason(failed));
            }
        }

        private void end() {
            Uninterrupted.await(LAST_UPDATE, this::interruptBetweenUpdates);
            Uninterrupted.await(LAST_UPDATE, thread::join);
            try {
                share.giveBack();
            } catch (IOException failed) {
                warn(failed);
            }
        }

        private boolean interruptBetweenUpdates(Duration most) throws InterruptedException {
            if (!updating.tryLock(most.toNanos(), TimeUnit.NANOSECONDS)) {
                return false;
            }
            try {
                thread.interrupt();
                return true;
            } finally {
                updating.unlock();
            }
        }
    }

    /** Gives all shares back. The scheduler is closed, so that no limit is created meanwhile. */
    @Override
    public void close() {
        closed = true;
        all.forEach(Sharing::end);
    }
}
