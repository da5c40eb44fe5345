package org.experimaestro.engine;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.experimaestro.Config;
import org.experimaestro.Experiment;
import org.experimaestro.JobReport;
import org.experimaestro.Outcome;
import org.experimaestro.Resumable;
import org.experimaestro.RunMode;
import org.experimaestro.WorkspaceException;
import org.experimaestro.core.task.AnnouncedOutput;
import org.experimaestro.engine.schedule.Phase;
import org.experimaestro.model.ConfigNode;
import org.experimaestro.workspace.Announcement;
import org.experimaestro.workspace.Announcements;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;
import org.jspecify.annotations.Nullable;

/**
 * The callbacks of a plan for one job, and what they were given. Callbacks may be added by any thread; all else is
 * confined to the thread that calls them.
 */
final class JobWatch {

    /** A call of a callback. */
    @FunctionalInterface
    interface Call {
        void run() throws Exception;
    }

    private interface Registration {
        /** Returns the call for an announcement; {@code null} if none is due. */
        default @Nullable Call announced(String name, ConfigNode<?> output) {
            return null;
        }

        /** Returns the call for the end of the job; {@code null} if none is due. */
        default @Nullable Call ended(JobReport report) {
            return null;
        }

        default boolean isForAnnouncements() {
            return false;
        }

        /** Forgets that the end was given, because the job is tried again. */
        default void forgetEnd() {}
    }

    private static final class ForAnnouncements<T> implements Registration {
        private final Class<T> type;
        private final Experiment.Callback<? super Config<T>> callback;
        /** The announcements that were given, so that an attempt may announce again what a former one has announced. */
        private final Set<String> given = new HashSet<>();

        ForAnnouncements(Class<T> type, Experiment.Callback<? super Config<T>> callback) {
            this.type = type;
            this.callback = callback;
        }

        @Override
        @SuppressWarnings("unchecked") // the class of the configuration was looked at
        public @Nullable Call announced(String name, ConfigNode<?> output) {
            boolean isDue =
                    type.isAssignableFrom(output.descriptor().javaClass()) && given.add(name + '\n' + output.id());
            return isDue ? () -> callback.accept((Config<T>) output) : null;
        }

        @Override
        public boolean isForAnnouncements() {
            return true;
        }
    }

    private static final class ForEnd implements Registration {
        private final Experiment.Callback<? super JobReport> callback;
        private boolean isGiven;

        ForEnd(Experiment.Callback<? super JobReport> callback) {
            this.callback = callback;
        }

        @Override
        public @Nullable Call ended(JobReport report) {
            if (isGiven) {
                return null;
            }
            isGiven = true;
            return () -> callback.accept(report);
        }

        @Override
        public void forgetEnd() {
            isGiven = false;
        }
    }

    /** An announcement as the callbacks get it. */
    private record Announced(String name, ConfigNode<?> output) {}

    /** No attempt has announcements that hold. */
    private static final int NONE = Integer.MAX_VALUE;

    private final TaskJob job;
    private final boolean runsJobs;
    private final Outcome unawaited;
    private final ClassLoader classes;
    private final List<Registration> registrations = new CopyOnWriteArrayList<>();
    private final Map<String, Announced> known = new HashMap<>();
    private List<Announced> announced = List.of();
    private String version = "";
    /** The file has announcements of an attempt whose files the next attempt moves aside. */
    private boolean hasStale;

    /** True if the job had ended at its last phase. Confined to the lock of the callbacks. */
    private boolean isFinal;
    /** The times that the job, having ended, was tried again. */
    private final AtomicInteger restarted = new AtomicInteger();
    /** Those of which the registrations know. */
    private int knownRestarts;
    /** The problems of announcements that cannot be read, so far as they are not told yet. */
    private final Deque<RuntimeException> problems = new ArrayDeque<>();

    private final Set<String> reported = new HashSet<>();

    /**
     * Creates a watch without callbacks.
     *
     * @param job the job
     * @param runsJobs whether the run waits for the ends of its jobs
     * @param mode the mode of the run
     * @param classes finds the classes of announced configurations
     */
    JobWatch(TaskJob job, boolean runsJobs, RunMode mode, ClassLoader classes) {
        this.job = job;
        this.runsJobs = runsJobs;
        this.unawaited = mode == RunMode.NORMAL ? Outcome.SUBMITTED : Outcome.NOT_RUN;
        this.classes = classes;
        this.isFinal = hasEnded();
    }

    TaskJob job() {
        return job;
    }

    <T> void onAnnounced(Class<T> type, Experiment.Callback<? super Config<T>> callback) {
        registrations.add(new ForAnnouncements<>(type, callback));
    }

    void onEnd(Experiment.Callback<? super JobReport> callback) {
        registrations.add(new ForEnd(callback));
    }

    /** Returns whether there are callbacks for what the job announces. */
    boolean isForAnnouncements() {
        return registrations.stream().anyMatch(Registration::isForAnnouncements);
    }

    /** Takes each phase of the job, by the scheduler's thread: the thread of the callbacks may be busy meanwhile. */
    void changed(Phase phase) {
        if (isFinal && !phase.isFinal()) {
            restarted.incrementAndGet();
        }
        isFinal = phase.isFinal();
    }

    int restarts() {
        return restarted.get();
    }

    /** Returns whether the job has ended, as far as this run is to tell. */
    boolean hasEnded() {
        return runsJobs ? job.phase().isFinal() : job.task().found() instanceof JobStatus.Done;
    }

    /**
     * Returns the next call that is due: what cannot be read, the announcements in their order, then the end.
     *
     * @param restarts the {@link #restarts()} before the next argument was found out
     * @param hasEnded whether the job had ended before the call, so that its announcements are complete
     * @return {@code null} if none is due. A call that throws tells of an announcement that cannot be read
     */
    @Nullable
    Call next(int restarts, boolean hasEnded) {
        if (restarts > knownRestarts) {
            knownRestarts = restarts;
            registrations.forEach(Registration::forgetEnd);
        }
        refresh(hasEnded);
        RuntimeException problem = problems.poll();
        if (problem != null) {
            return () -> {
                throw problem;
            };
        }
        for (Announced each : announced) {
            for (Registration registration : registrations) {
                Call call = registration.announced(each.name(), each.output());
                if (call != null) {
                    return call;
                }
            }
        }
        if (hasEnded) {
            JobReport report =
                    runsJobs ? ReportedJob.ended(job, new Culprits()) : ReportedJob.unawaited(job, unawaited);
            for (Registration registration : registrations) {
                Call call = registration.ended(report);
                if (call != null) {
                    return call;
                }
            }
        }
        return null;
    }

    /** Reads the announcements, if the file has changed. */
    private void refresh(boolean hasEnded) {
        if (!runsJobs && !hasEnded && unawaited == Outcome.NOT_RUN) {
            return; // what another run's job announces meanwhile does not belong to a dry run
        }
        Announcements file = job.files().announcements();
        String now = hasEnded + file.version();
        if (now.equals(version) && !hasStale) {
            return;
        }
        version = now; // first: a file that cannot be read is reported once
        int least = leastAttempt(hasEnded);
        List<Announced> found = new ArrayList<>();
        hasStale = least == NONE;
        if (hasStale) {
            announced = found;
            return;
        }
        List<WorkspaceException> unreadable = new ArrayList<>();
        for (Announcement each : file.read(unreadable)) {
            if (each.attempt() < least) {
                hasStale = true;
            } else {
                add(each, found);
            }
        }
        unreadable.forEach(problem -> report(String.valueOf(problem.getMessage()), problem));
        announced = found;
    }

    /** Adds what the callbacks get. What the classes of today cannot read does not hide the others. */
    private void add(Announcement each, List<Announced> found) {
        String key = each.name() + '\n' + each.id();
        try {
            found.add(known.computeIfAbsent(key, missing -> handle(each)));
        } catch (RuntimeException wrong) {
            report(key, wrong);
        } catch (LinkageError | StackOverflowError wrong) {
            report(key, new IllegalStateException("Cannot read the announcement \"" + each.name() + "\"", wrong));
        }
    }

    private void report(String key, RuntimeException problem) {
        if (reported.add(key)) {
            problems.add(problem);
        }
    }

    private Announced handle(Announcement each) {
        // Relative paths start in the folder of the job's name of today, as in a run that makes a link there.
        Path file = job.task().folder().announcements().file();
        ConfigNode<?> task = job.task().task();
        return new Announced(
                each.name(),
                AnnouncedOutput.read(
                        each.output(),
                        file,
                        classes,
                        task,
                        each.name(),
                        job.task().folder().path()));
    }

    /**
     * Returns the first attempt whose announcements hold. Those of a task that begins each attempt in a clean folder hold
     * only until its next attempt.
     */
    private int leastAttempt(boolean hasEnded) {
        if (hasEnded
                || Resumable.class.isAssignableFrom(
                        job.task().task().descriptor().javaClass())) {
            return 1;
        }
        if (runsJobs && job.phase() != Phase.RUNNING) {
            return NONE;
        }
        JobFolder folder = job.task().folder();
        JobStatus status = folder.status();
        if (status instanceof JobStatus.Done) {
            return 1;
        }
        return status.isActive() ? status.lastAttempt().orElse(1) : NONE;
    }
}
