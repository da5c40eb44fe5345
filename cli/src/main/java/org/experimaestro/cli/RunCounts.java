package org.experimaestro.cli;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.experimaestro.ConfigId;
import org.experimaestro.engine.SubmittedTask;
import org.experimaestro.engine.schedule.Phase;

/** The progress of a run, as counts of jobs. Thread-safe. */
final class RunCounts {

    /** A running job, with the {@link System#nanoTime} of its start. */
    private record Running(SubmittedTask task, long sinceNanos) {}

    private final Map<ConfigId, Running> running = new LinkedHashMap<>();
    /** The jobs that have failed or were skipped, and are not being tried again. */
    private final Set<ConfigId> lost = new HashSet<>();

    private final Map<ConfigId, String> said = new HashMap<>();
    private final Set<String> known = new HashSet<>();
    private int total;
    private int done;

    synchronized void submitted() {
        total++;
    }

    /**
     * Counts a job's new phase.
     *
     * @return the time that the job ran, if it has just ended
     */
    synchronized Optional<Duration> changed(SubmittedTask task, Phase phase) {
        switch (phase) {
            case RUNNING -> running.put(task.id(), new Running(task, System.nanoTime()));
            case DONE -> done++;
            case FAILED, SKIPPED -> lost.add(task.id());
            case WAITING, READY -> {
                lost.remove(task.id());
                running.remove(task.id());
            }
        }
        if (phase.isFinal()) {
            said.remove(task.id());
        }
        Running ended = phase.isFinal() ? running.remove(task.id()) : null;
        return Optional.ofNullable(ended).map(job -> Duration.ofNanos(System.nanoTime() - job.sinceNanos()));
    }

    /**
     * Stores the state that a launcher reports for a waiting job.
     *
     * @param state the state; an empty text if the job waits no longer
     * @return whether no job had this state before
     */
    synchronized boolean statusChanged(SubmittedTask task, String state) {
        if (state.isEmpty()) {
            said.remove(task.id());
            return false;
        }
        said.put(task.id(), state);
        return known.add(state);
    }

    synchronized List<SubmittedTask> running() {
        return running.values().stream().map(Running::task).toList();
    }

    synchronized String fraction() {
        return "(" + (done + lost.size()) + "/" + total + ")";
    }

    synchronized String line() {
        int waiting = total - done - lost.size() - running.size();
        return done + "/" + total + " done, " + (running.size() - said.size()) + " running" + launchers() + ", "
                + waiting + " waiting" + (lost.isEmpty() ? "" : ", " + lost.size() + " failed or skipped");
    }

    /**
     * Returns the number of waiting jobs for each state that launchers report, such as {@code , 3 PENDING (Priority)}.
     */
    private String launchers() {
        SortedMap<String, Integer> counts = new TreeMap<>();
        said.values().forEach(state -> counts.merge(state, 1, Integer::sum));
        return counts.entrySet().stream()
                .map(count -> ", " + count.getValue() + " " + count.getKey())
                .collect(Collectors.joining());
    }
}
