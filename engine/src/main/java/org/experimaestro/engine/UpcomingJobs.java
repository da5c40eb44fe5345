package org.experimaestro.engine;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.experimaestro.ConfigId;
import org.experimaestro.engine.schedule.Phase;
import org.experimaestro.spi.Placement;
import org.experimaestro.workspace.JobStatus;

/**
 * Tells whether jobs are about to be submitted: those on their way to a launcher, and those that wait for nothing but jobs that run,
 * or that launchers have. Equal ones can be submitted together. Thread-safe.
 */
final class UpcomingJobs {
    private final Map<Kind, Set<TaskJob>> waiting = new HashMap<>();
    /** The jobs that no launcher has confirmed yet. */
    private final Map<Kind, Set<ConfigId>> starting = new HashMap<>();
    /** The jobs that have left this process. */
    private final Set<ConfigId> underWay = new HashSet<>();

    /** The properties that equal jobs have in common. */
    private record Kind(String typeId, Placement placement) {
        static Kind of(SubmittedTask task) {
            return new Kind(task.typeId(), JobSpecs.placement(task));
        }
    }

    /** Is told each new phase of each job. */
    synchronized void changed(TaskJob job, Phase phase) {
        SubmittedTask task = job.task();
        Kind kind = Kind.of(task);
        remove(waiting, kind, job);
        remove(starting, kind, task.id());
        underWay.remove(task.id());
        if (phase == Phase.WAITING) {
            waiting.computeIfAbsent(kind, key -> new HashSet<>()).add(job);
        } else if (phase == Phase.RUNNING && isSubmitted(task)) {
            starting.computeIfAbsent(kind, key -> new HashSet<>()).add(task.id());
        } else if (phase == Phase.RUNNING) {
            underWay.add(task.id());
        }
    }

    /** Forgets a job that is about to get another place. */
    synchronized void forget(TaskJob job) {
        Kind kind = Kind.of(job.task());
        remove(waiting, kind, job);
        remove(starting, kind, job.task().id());
        underWay.remove(job.task().id());
    }

    private static <T> void remove(Map<Kind, Set<T>> jobs, Kind kind, T job) {
        jobs.computeIfPresent(kind, (key, equals) -> equals.remove(job) && equals.isEmpty() ? null : equals);
    }

    /** Returns whether this run submits the job to a launcher elsewhere before it runs. */
    private static boolean isSubmitted(SubmittedTask task) {
        return !(task.found() instanceof JobStatus.Active)
                && !JobSpecs.placement(task).launcher().isHere();
    }

    /** Is told that a launcher has a job. */
    synchronized void submitted(SubmittedTask task) {
        remove(starting, Kind.of(task), task.id());
        underWay.add(task.id());
    }

    /** Returns whether more than so many jobs that are equal to this one, with itself, are about to be submitted. */
    synchronized boolean areMoreThan(int count, SubmittedTask task) {
        Kind kind = Kind.of(task);
        return starting.getOrDefault(kind, Set.of()).size() > count
                || waiting.getOrDefault(kind, Set.of()).stream().anyMatch(this::isNear);
    }

    private boolean isNear(TaskJob job) {
        return job.dependencies().stream()
                .allMatch(dependency -> dependency.phase() == Phase.DONE
                        || underWay.contains(dependency.task().id()));
    }
}
