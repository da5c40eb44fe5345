package org.experimaestro.cli;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.ConfigId;
import org.experimaestro.engine.SubmittedTask;
import org.experimaestro.engine.schedule.Phase;

/** How far a run is. Thread-safe. */
final class RunCounts {

    /** A job that runs, since when. */
    private record Running(SubmittedTask task, long sinceNanos) {}

    private final Map<ConfigId, Running> running = new LinkedHashMap<>();
    private int total;
    private int done;
    private int failed;

    synchronized void submitted() {
        total++;
    }

    /**
     * A job has a new phase.
     *
     * @return how long it has run, if it has just ended
     */
    synchronized Optional<Duration> changed(SubmittedTask task, Phase phase) {
        switch (phase) {
            case RUNNING -> running.put(task.id(), new Running(task, System.nanoTime()));
            case DONE -> done++;
            case FAILED, SKIPPED -> failed++;
            case WAITING, READY -> {}
        }
        Running ended = phase.isFinal() ? running.remove(task.id()) : null;
        return Optional.ofNullable(ended).map(job -> Duration.ofNanos(System.nanoTime() - job.sinceNanos()));
    }

    synchronized List<SubmittedTask> running() {
        return running.values().stream().map(Running::task).toList();
    }

    synchronized String fraction() {
        return "(" + (done + failed) + "/" + total + ")";
    }

    synchronized String line() {
        int waiting = total - done - failed - running.size();
        return done + "/" + total + " done, " + running.size() + " running, " + waiting + " waiting"
                + (failed == 0 ? "" : ", " + failed + " failed or skipped");
    }
}
