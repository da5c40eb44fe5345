package org.experimaestro.cli.experiment;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.experimaestro.WorkspaceException;
import org.experimaestro.engine.SubmittedTask;
import org.experimaestro.engine.schedule.Phase;
import org.experimaestro.monitor.forecast.JobLeft;
import org.experimaestro.monitor.forecast.ProgressRate;
import org.experimaestro.monitor.forecast.TypicalDurations;
import org.experimaestro.monitor.forecast.WorkLeft;
import org.experimaestro.monitor.log.ProgressPoint;
import org.experimaestro.monitor.log.ProgressReader;
import org.experimaestro.workspace.JobStatus;

/**
 * An estimate of the time that a run still takes, by the rule and the files of {@code runs show}: the ends, starts and
 * progress of the run's jobs. A number of files is read at each estimate, so that no estimate waits for many. Thread-safe.
 */
final class TimeLeft {
    /** The age after which the files of a running job are read again. */
    private static final Duration STALE = Duration.ofSeconds(10);
    /** The most jobs whose files are read for one estimate. */
    private static final int MOST_READ = 50;
    /** The time for which an estimate counts. */
    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final Clock clock;
    /** The jobs in the order of their submission, which is after those that they wait for. Guarded by this. */
    private final Map<String, Tracked> jobs = new LinkedHashMap<>();

    private int jobsHere;

    /** The content of the files, for the thread that reads them. Guarded by itself. */
    private final Files files = new Files();

    private static final class Files {
        private final TypicalDurations durations = new TypicalDurations();
        private final Set<String> counted = new HashSet<>();
        private final Map<String, Started> started = new LinkedHashMap<>();
        private Instant estimated = Instant.MIN;
        private Optional<Duration> estimate = Optional.empty();
    }

    /** The content of the files of a running job at a time; the status has its start. */
    private record Started(Instant read, JobStatus status, List<ProgressPoint> progress) {}

    private record Tracked(SubmittedTask task, Phase phase, boolean waits) {
        boolean isRunning() {
            return phase == Phase.RUNNING && !waits;
        }
    }

    TimeLeft(Clock clock) {
        this.clock = clock;
    }

    /** Sets the number of jobs that the run may have on this machine. */
    synchronized void setJobsHere(int number) {
        jobsHere = number;
    }

    /** Adds a job. */
    synchronized void submitted(SubmittedTask task) {
        jobs.put(task.folder().name(), new Tracked(task, Phase.WAITING, false));
    }

    /** Sets the phase of a job, also of one that has ended and is tried again. */
    synchronized void changed(SubmittedTask task, Phase phase) {
        jobs.put(task.folder().name(), new Tracked(task, phase, false));
    }

    /** Sets whether a job in the phase RUNNING waits at its launcher. */
    synchronized void waits(SubmittedTask task, boolean waits) {
        jobs.computeIfPresent(task.folder().name(), (name, job) -> new Tracked(task, job.phase(), waits));
    }

    /**
     * Estimates the time. Reads files, so the scheduler's thread does not call it.
     *
     * @return empty if it cannot be known
     */
    Optional<Duration> estimate() {
        synchronized (files) {
            Instant now = clock.instant();
            if (Duration.between(files.estimated, now).compareTo(PERIOD) >= 0) {
                files.estimate = estimate(now);
                files.estimated = now;
            }
            return files.estimate;
        }
    }

    private Optional<Duration> estimate(Instant now) {
        List<Tracked> all;
        int here;
        synchronized (this) {
            all = List.copyOf(jobs.values());
            here = all.stream().anyMatch(job -> isHere(job.task())) ? jobsHere : 0;
        }
        read(all, now);
        int running = (int) all.stream().filter(Tracked::isRunning).count();
        List<JobLeft> left = new ArrayList<>();
        Set<String> failed = new HashSet<>();
        for (Tracked job : all) {
            switch (job.phase()) {
                case DONE -> {}
                case FAILED, SKIPPED -> failed.add(job.task().folder().name());
                case WAITING, READY, RUNNING -> left.add(left(job, now));
            }
        }
        int places = Math.max(running, here);
        return left.isEmpty() || places == 0
                ? Optional.empty()
                : WorkLeft.forecast(left, failed, files.durations::of, places).left();
    }

    private static boolean isHere(SubmittedTask task) {
        return task.placement() != null && task.placement().launcher().isHere();
    }

    private JobLeft left(Tracked job, Instant now) {
        SubmittedTask task = job.task();
        String name = task.folder().name();
        Started started = job.isRunning() ? files.started.get(name) : null;
        return started != null && started.status() instanceof JobStatus.Running running
                ? new JobLeft(
                        name,
                        task.typeId(),
                        task.dependencies(),
                        Duration.between(running.since(), now),
                        ProgressRate.forecast(running.since(), started.progress(), now)
                                .left())
                : new JobLeft(name, task.typeId(), task.dependencies(), Duration.ZERO, Optional.empty());
    }

    /** Reads the ends of jobs that are done, and the starts and progress of running ones that were not read lately. */
    private void read(List<Tracked> all, Instant now) {
        int count = 0;
        Set<String> running = new HashSet<>();
        for (Tracked job : all) {
            String name = job.task().folder().name();
            if (job.phase() == Phase.DONE && !files.counted.contains(name) && count < MOST_READ) {
                files.counted.add(name);
                count += job.task().found() instanceof JobStatus.Done ? 0 : 1;
                addEnd(job.task());
            } else if (job.isRunning()) {
                running.add(name);
                Started known = files.started.get(name);
                boolean isStale = known == null || known.read().plus(STALE).isBefore(now);
                if (isStale && count < MOST_READ) {
                    count++;
                    files.started.put(name, start(job.task(), now));
                }
            }
        }
        files.started.keySet().retainAll(running);
    }

    private void addEnd(SubmittedTask task) {
        JobStatus status = task.found() instanceof JobStatus.Done
                ? task.found()
                : task.folder().status();
        if (status instanceof JobStatus.Done done) {
            files.durations.add(task.typeId(), done);
        }
    }

    private static Started start(SubmittedTask task, Instant now) {
        JobStatus status = task.folder().status();
        try {
            return new Started(
                    now,
                    status,
                    status instanceof JobStatus.Running running
                            ? ProgressReader.history(task.folder().events(running.attempt()))
                            : List.of());
        } catch (WorkspaceException unreadable) {
            return new Started(now, status, List.of()); // the line of the job says so
        }
    }
}
