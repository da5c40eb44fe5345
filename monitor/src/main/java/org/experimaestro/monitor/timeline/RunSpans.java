package org.experimaestro.monitor.timeline;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.experimaestro.WorkspaceException;
import org.experimaestro.workspace.JobState;
import org.experimaestro.workspace.RunEvent;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.RunLimit;
import org.jspecify.annotations.Nullable;

/**
 * The turns of the jobs of a run, from its journal, of which each line is read once. A job that the run found done has no
 * turn. Thread-safe.
 */
public final class RunSpans {
    private final RunFolder run;
    private final Map<String, Instant> ready = new HashMap<>();
    private final Map<String, Instant> started = new LinkedHashMap<>();
    /** The attempts of the turns that have no end yet. */
    private final Map<String, Integer> attempts = new HashMap<>();

    private final Map<String, List<RunLimit>> limits = new HashMap<>();
    private final List<JobSpan> ended = new ArrayList<>();
    private long offset;
    private boolean isDamaged;

    /**
     * Creates the turns of a run, whose journal is not read yet.
     *
     * @param run the run
     */
    public RunSpans(RunFolder run) {
        this.run = run;
    }

    /**
     * Reads the lines of the journal that were added. A damaged line ends the reading, as for the run's other readers.
     *
     * @return the turns that have ended and those that run, and the jobs that wait
     */
    public synchronized Turns read() {
        try {
            offset = isDamaged ? offset : run.readEvents(offset, this::add);
        } catch (WorkspaceException damaged) {
            // The lines before the damaged one count. The view of the workspace reports damaged runs.
            isDamaged = true;
        }
        List<JobSpan> spans = new ArrayList<>(ended);
        started.forEach((job, from) ->
                spans.add(new JobSpan(job, attempts.getOrDefault(job, 0), ready.get(job), from, null, null)));
        Map<String, Instant> waiting = new LinkedHashMap<>(ready);
        waiting.keySet().removeAll(started.keySet());
        return new Turns(spans, waiting);
    }

    /**
     * The turns of a run's jobs at one time. Immutable.
     *
     * @param spans the turns that have begun
     * @param waiting the jobs that wait for a place, with the time since which they do
     */
    public record Turns(List<JobSpan> spans, Map<String, Instant> waiting) {
        /** Copies the collections. */
        public Turns {
            spans = List.copyOf(spans);
            waiting = Map.copyOf(waiting);
        }
    }

    /**
     * Returns the limits of which a job needs a part, by the lines that were read.
     *
     * @param job the job's name
     * @return the limits with the amounts of its last turn; none if it needs none, or an earlier version ran it
     */
    public synchronized List<RunLimit> limits(String job) {
        return limits.getOrDefault(job, List.of());
    }

    private void add(RunEvent event) {
        String job = event.job();
        if (!event.limits().isEmpty()) {
            limits.put(job, event.limits());
        }
        event.attempt().ifPresent(attempt -> attempts.put(job, attempt));
        switch (event.phase()) {
            case "READY" -> ready.putIfAbsent(job, event.time()); // again when it begins to wait for tokens
            case "RUNNING" -> {
                ready.putIfAbsent(job, event.time());
                if (event.waitsFor().isEmpty()) {
                    started.putIfAbsent(job, event.time());
                }
            }
            case "DONE" -> end(job, event.time(), JobState.DONE);
            case "FAILED" -> end(job, event.time(), JobState.FAILED);
            default -> end(job, event.time(), null);
        }
    }

    private void end(String job, Instant time, @Nullable JobState state) {
        Instant from = started.remove(job);
        Instant since = ready.remove(job);
        Integer attempt = attempts.remove(job);
        if (from != null) {
            ended.add(new JobSpan(job, attempt == null ? 0 : attempt, since, from, time, state));
        }
    }
}
