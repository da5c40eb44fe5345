package org.experimaestro.cli.experiment;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.experimaestro.ConfigId;
import org.experimaestro.engine.SubmittedTask;
import org.experimaestro.engine.schedule.Phase;

/** The progress of a run, as counts of jobs. Thread-safe. */
final class RunCounts {

    /** A running job, with the time of its start by the clock. */
    private record Running(SubmittedTask task, long sinceNanos) {}

    private final LongSupplier nanoTime;
    private final TimeLeft timeLeft;
    private final Map<ConfigId, Running> running = new LinkedHashMap<>();
    /** The jobs that have failed or were skipped, and are not being tried again. */
    private final Map<ConfigId, Phase> lost = new HashMap<>();

    private final Map<ConfigId, String> said = new HashMap<>();
    private final Set<String> known = new HashSet<>();
    private final PrepareLines steps = new PrepareLines();
    private int total;
    private int done;

    RunCounts() {
        this(System::nanoTime, Clock.systemUTC());
    }

    /**
     * Creates counts of no jobs.
     *
     * @param nanoTime the clock: nanoseconds from any origin
     * @param clock the clock of the jobs' files
     */
    RunCounts(LongSupplier nanoTime, Clock clock) {
        this.nanoTime = nanoTime;
        this.timeLeft = new TimeLeft(clock);
    }

    /** Sets the number of jobs that the run may have on this machine. */
    void setJobsHere(int number) {
        timeLeft.setJobsHere(number);
    }

    /** Returns the prepare steps of the run. */
    PrepareLines steps() {
        return steps;
    }

    synchronized void submitted(SubmittedTask task) {
        total++;
        timeLeft.submitted(task);
    }

    /**
     * Counts a job's new phase.
     *
     * @return the time that the job ran, if it has just ended
     */
    synchronized Optional<Duration> changed(SubmittedTask task, Phase phase) {
        timeLeft.changed(task, phase);
        switch (phase) {
            case RUNNING -> running.put(task.id(), new Running(task, nanoTime.getAsLong()));
            case DONE -> done++;
            case FAILED, SKIPPED -> lost.put(task.id(), phase);
            case WAITING, READY -> {
                lost.remove(task.id());
                running.remove(task.id());
            }
        }
        if (!phase.isFinal()) {
            return Optional.empty();
        }
        said.remove(task.id());
        Running ended = running.remove(task.id());
        return ended == null
                ? Optional.empty()
                : Optional.of(Duration.ofNanos(nanoTime.getAsLong() - ended.sinceNanos()));
    }

    /**
     * Stores the state that a launcher reports for a waiting job.
     *
     * @param state the state; an empty text if the job waits no longer
     * @return whether no job had this state before
     */
    synchronized boolean statusChanged(SubmittedTask task, String state) {
        timeLeft.waits(task, !state.isEmpty());
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

    /**
     * Returns the counts in words, those that matter most first, such as {@code 42 %}, {@code 2 failed},
     * {@code 3 running}, {@code 12 min left}.
     */
    List<String> words() {
        return words(timeLeft.estimate());
    }

    private synchronized List<String> words(Optional<Duration> left) {
        if (total == 0) {
            return List.of("no job is submitted yet");
        }
        int waiting = total - done - lost.size() - running.size();
        List<String> words = new ArrayList<>();
        words.add(100L * (done + lost.size()) / total + " %");
        add(words, count(Phase.FAILED), "failed");
        add(words, running.size() - said.size(), "running");
        left.ifPresent(time -> words.add(coarse(time) + " left"));
        words.add(done + "/" + total + " done");
        add(words, count(Phase.SKIPPED), "skipped");
        add(words, waiting, "waiting");
        words.addAll(launchers());
        return words;
    }

    private static void add(List<String> words, int count, String what) {
        if (count > 0) {
            words.add(count + " " + what);
        }
    }

    private int count(Phase phase) {
        return Collections.frequency(lost.values(), phase);
    }

    /** Returns an estimated time without digits that mean nothing: {@code 40 s}, {@code 12 min}, {@code 3 h 20 min}. */
    private static String coarse(Duration time) {
        if (time.toSeconds() < 60) {
            return Math.max(1, time.toSeconds()) + " s";
        }
        long minutes = time.plusSeconds(30).toMinutes();
        return minutes < 60
                ? minutes + " min"
                : minutes < 48 * 60 ? minutes / 60 + " h " + minutes % 60 + " min" : minutes / (24 * 60) + " days";
    }

    /** Returns the number of waiting jobs for each state that launchers report, such as {@code 3 PENDING (Priority)}. */
    private List<String> launchers() {
        SortedMap<String, Integer> counts = new TreeMap<>();
        said.values().forEach(state -> counts.merge(state, 1, Integer::sum));
        return counts.entrySet().stream()
                .map(count -> count.getValue() + " " + count.getKey())
                .toList();
    }
}
