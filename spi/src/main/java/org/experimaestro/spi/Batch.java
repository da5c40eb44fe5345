package org.experimaestro.spi;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.experimaestro.base.process.JobVariables;

/**
 * A batch: one or more equal jobs that are submitted to a batch system together. Immutable.
 *
 * <p>The batch system makes a script of it: its directives, {@link #UNSET_RANKS}, {@code task=N} with the number of
 * the job in the batch, from 0, and the {@link #body}. The body replaces the shell by the job's process ({@code
 * exec}). Before the body, the script may export these variables:
 *
 * <ul>
 *   <li>{@value #END_COMMAND}: a shell command that prints the time when the job will be ended, in seconds since
 *       1970. It prints nothing if there is no limit. The task computes its remaining time from it.
 *   <li>{@value #RESTARTS}: the number of times that the system has restarted this job before, because it was
 *       requeued; 0 at first.
 *   <li>{@value #STATE_COMMAND}: a shell command that prints the job's state, as a name of {@link BatchStatus.End},
 *       or nothing. Optional.
 * </ul>
 */
public final class Batch {
    /** The name of the variable with the command that prints the end. */
    public static final String END_COMMAND = JobVariables.END_COMMAND;

    /** The name of the variable with the number of restarts. */
    public static final String RESTARTS = JobVariables.RESTARTS;

    /** The name of the variable with the command that prints the state. */
    public static final String STATE_COMMAND = JobVariables.STATE_COMMAND;

    /**
     * The command that each script begins with. It removes the variables that give the plan's own process a rank
     * among several processes, its number of restarts, its tokens, and the file that shows its cancellation. Batch systems pass the environment of a submission to the
     * job, which would use these variables as its own. A program that starts several processes of the body, such as
     * srun, sets them anew afterwards.
     */
    public static final String UNSET_RANKS = "unset " + String.join(" ", JobVariables.RANKS) + " "
            + String.join(" ", JobVariables.RANK_COMPANIONS) + " " + JobVariables.NO_RANKS + " " + RESTARTS + " "
            + JobVariables.ROOTS + " " + JobVariables.CANCELLED_FILE + " " + JobVariables.TOKENS + " "
            + JobVariables.MACHINE_TOKENS;

    private final String name;
    private final int size;
    private final String body;
    private final String log;
    private final Placement placement;
    private final List<String> after;
    private final SortedMap<String, String> passed;

    private Batch(
            String name,
            int size,
            String body,
            String log,
            Placement placement,
            List<String> after,
            Map<String, String> passed) {
        if (size < 1) {
            throw new IllegalArgumentException("A batch has at least one job, not " + size);
        }
        this.name = name;
        this.size = size;
        this.body = body;
        this.log = log;
        this.placement = placement;
        this.after = List.copyOf(after);
        this.passed = Collections.unmodifiableSortedMap(new TreeMap<>(passed));
    }

    /**
     * Creates a batch of one job without dependencies and without passed variables.
     *
     * @param name the job's name: letters, digits, and {@code - _ .}
     * @param body shell commands, which find the variable {@code task}
     * @param log the beginning of the path of its log, see {@link #log}
     * @param placement the launcher and resources of the job
     * @return the batch
     */
    public static Batch of(String name, String body, String log, Placement placement) {
        return new Batch(name, 1, body, log, placement, List.of(), Map.of());
    }

    /**
     * Returns a batch of several such jobs.
     *
     * @param jobs their number, at least 1; more than 1 only if the system has arrays
     * @return a new batch
     */
    public Batch size(int jobs) {
        return new Batch(name, jobs, body, log, placement, after, passed);
    }

    /**
     * Returns the same jobs with another placement.
     *
     * @param elsewhere the other placement
     * @return a new batch
     */
    public Batch placement(Placement elsewhere) {
        return new Batch(name, size, body, log, elsewhere, after, passed);
    }

    /**
     * Returns the same jobs with dependencies.
     *
     * @param jobIds jobs that must succeed before these start; none unless the system has dependencies
     * @return a new batch
     */
    public Batch after(List<String> jobIds) {
        return new Batch(name, size, body, log, placement, jobIds, passed);
    }

    /**
     * Returns the same jobs with variables that are passed to them.
     *
     * @param variables values by name
     * @return a new batch
     */
    public Batch passing(Map<String, String> variables) {
        return new Batch(name, size, body, log, placement, after, variables);
    }

    /**
     * Returns the name of the jobs.
     *
     * @return letters, digits, and {@code - _ .}
     */
    public String name() {
        return name;
    }

    /**
     * Returns the number of jobs.
     *
     * @return at least 1; more than 1 only if the system has arrays
     */
    public int size() {
        return size;
    }

    /**
     * Returns the commands of each job.
     *
     * @return commands for {@code sh} on the job's host, which find the variable {@code task}
     */
    public String body() {
        return body;
    }

    /**
     * Returns the log of the system and of the script.
     *
     * @return the beginning of the path of files on the host. The job with number N writes {@code log-N.log}; all
     *     jobs write {@code log.log} if the system cannot separate them.
     */
    public String log() {
        return log;
    }

    /**
     * Returns the placement. The body already sets the variables of its environment.
     *
     * @return the placement of each job
     */
    public Placement placement() {
        return placement;
    }

    /**
     * Returns the jobs that must succeed before these start.
     *
     * @return their job ids; none unless the system has dependencies
     */
    public List<String> after() {
        return after;
    }

    /**
     * Returns variables that the body finds in its environment. Their values must be hidden from other users: no
     * command line, readable file, or display of jobs may contain them. {@link BatchSystem#script} does not contain
     * them either.
     *
     * @return values by name
     */
    public SortedMap<String, String> passed() {
        return passed;
    }

    /**
     * Returns an option of the placement.
     *
     * @param option its name in {@link LauncherType#options}
     * @return its value, empty if it is not set
     */
    public Optional<String> option(String option) {
        return Optional.ofNullable(((Map<String, String>) placement.options()).get(option));
    }

    /**
     * Returns the name, the size and the log. The body and the variables are left out, because they may contain
     * secrets.
     */
    @Override
    public String toString() {
        return "Batch[name=" + name + ", size=" + size + ", log=" + log + "]";
    }
}
