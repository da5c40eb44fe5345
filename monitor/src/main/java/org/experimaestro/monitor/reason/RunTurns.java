package org.experimaestro.monitor.reason;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.experimaestro.WorkspaceException;
import org.experimaestro.monitor.view.RunView;
import org.experimaestro.workspace.RunEvent;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.RunLimit;

/**
 * The jobs of a run according to its journal: their phases, the limits that they need, and the jobs that hold these
 * limits. Immutable.
 */
public final class RunTurns {
    private static final String RUNNING = "RUNNING";

    private final Map<String, RunEvent> last = new HashMap<>();
    private final Map<String, List<RunLimit>> needs = new HashMap<>();
    private final Map<String, Long> sizes = new HashMap<>();
    private final Set<String> done = new HashSet<>();
    private final Set<String> retried = new HashSet<>();
    /** The running jobs of each limit. */
    private final Map<String, List<String>> holders = new HashMap<>();
    /** The sum of the amounts that the running jobs hold of each limit. */
    private final Map<String, Long> used = new HashMap<>();

    private final RunFolder run;
    /** The end of the part of the journal that was read. */
    private final long end;

    private final boolean isDamaged;

    private RunTurns(RunFolder run) {
        this.run = run;
        this.end = 0;
        this.isDamaged = false;
    }

    private RunTurns(RunTurns before, List<RunEvent> added, long end, boolean isDamaged) {
        this.run = before.run;
        this.end = end;
        this.isDamaged = isDamaged;
        last.putAll(before.last);
        needs.putAll(before.needs);
        sizes.putAll(before.sizes);
        done.addAll(before.done);
        retried.addAll(before.retried);
        added.forEach(this::add);
        hold();
    }

    /**
     * Reads the journal of a run. A damaged line ends the reading, as for the run's other readers.
     *
     * @param run the run
     * @return its jobs
     */
    public static RunTurns of(RunView run) {
        return new RunTurns(run.folder()).next();
    }

    /**
     * Reads the lines that were added to the journal.
     *
     * @return the jobs by all lines; the same object if there is none
     */
    public RunTurns next() {
        if (isDamaged) {
            return this;
        }
        List<RunEvent> added = new ArrayList<>();
        try {
            long next = run.readEvents(end, added::add);
            return added.isEmpty() ? this : new RunTurns(this, added, next, false);
        } catch (WorkspaceException damaged) {
            if (damaged.getCause() instanceof IOException) {
                return this; // the disk may answer the next time
            }
            // The lines before the damaged one count. The view of the workspace reports damaged runs.
            return new RunTurns(this, added, end, true);
        }
    }

    private void add(RunEvent event) {
        last.put(event.job(), event);
        if (!event.limits().isEmpty()) {
            needs.put(event.job(), event.limits());
            event.limits().forEach(limit -> sizes.put(limit.name(), limit.size()));
        }
        if (event.phase().equals("DONE")) {
            done.add(event.job());
        }
        switch (event.phase()) {
            case "WAITING" -> {
                if (!event.message().isEmpty()) { // it says what has failed; a first turn has none
                    retried.add(event.job());
                }
            }
            case "READY" -> {} // its turn has come, and it waits for room
            default -> retried.remove(event.job());
        }
    }

    private void hold() {
        last.forEach((job, event) -> {
            if (event.phase().equals(RUNNING)) {
                for (RunLimit limit : needs(job)) {
                    holders.computeIfAbsent(limit.name(), name -> new ArrayList<>())
                            .add(job);
                    used.merge(limit.name(), limit.amount(), Long::sum);
                }
            }
        });
        holders.replaceAll((limit, jobs) -> List.copyOf(jobs));
    }

    private List<RunLimit> needs(String job) {
        return needs.getOrDefault(job, List.of());
    }

    /**
     * Returns the last change of a job.
     *
     * @param job the job's name
     * @return the change; empty if the run has written none
     */
    public Optional<RunEvent> last(String job) {
        return Optional.ofNullable(last.get(job));
    }

    /**
     * Returns whether a job has failed in this run, and waits for its next attempt.
     *
     * @param job the job's name
     * @return false for a job that waits for its first turn, also if it had failed before
     */
    public boolean isRetried(String job) {
        return retried.contains(job);
    }

    /** Returns whether the run has found the job done. */
    boolean wasDone(String job) {
        return done.contains(job);
    }

    /** Returns the jobs that hold a limit. */
    List<String> holders(RunLimit limit) {
        return holders.getOrDefault(limit.name(), List.of());
    }

    /** Returns the sum of the amounts that are held of a limit. */
    long used(RunLimit limit) {
        return used.getOrDefault(limit.name(), 0L);
    }

    /** Returns the size of a limit by the last line that has it. */
    long size(RunLimit limit) {
        return sizes.getOrDefault(limit.name(), limit.size());
    }

    /**
     * Finds the limit for which a job waits.
     *
     * @param job a job that is ready
     * @return the first limit of the job without room; otherwise the first one, where other jobs come before it; empty
     *     if the job needs none, or an earlier version wrote the journal
     */
    Optional<RunLimit> findObstacle(String job) {
        List<RunLimit> limits = needs(job);
        return limits.stream()
                .filter(this::isFull)
                .findFirst()
                .or(() -> limits.stream().findFirst());
    }

    /** Returns whether the jobs that run leave no room for those that need a limit. */
    boolean isFull(RunLimit limit) {
        return used(limit) + limit.amount() > size(limit);
    }

    /** Finds the first token that a job needs. */
    Optional<RunLimit> findTokens(String job) {
        return needs(job).stream().filter(RunLimit::countsTokens).findFirst();
    }

    /**
     * Returns the number of jobs that run now on the machine of the plan's process, or may.
     *
     * @return the size of the limit of that machine; empty if no job of the run needs it
     */
    public Optional<Long> placesHere() {
        return Optional.ofNullable(sizes.get(RunLimit.HERE));
    }

    /**
     * Returns the number of jobs that the run has under way.
     *
     * @return jobs in the phase RUNNING that do not wait at their launcher
     */
    public long running() {
        return last.values().stream()
                .filter(event ->
                        event.phase().equals(RUNNING) && event.waitsFor().isEmpty())
                .count();
    }
}
