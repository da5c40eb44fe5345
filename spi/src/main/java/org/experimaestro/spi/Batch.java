package org.experimaestro.spi;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.experimaestro.base.process.JobVariables;

/**
 * One or more equal jobs that are given to a batch system together. Immutable.
 *
 * <p>The batch system makes a script of it: its directives, {@link #UNSET_RANKS}, then {@code task=N} with the number of the
 * job in the batch, from 0, then the {@link #body}, which replaces the shell by the job's process ({@code exec}). In between
 * it may export
 *
 * <ul>
 *   <li>{@value #END_COMMAND}: a shell command that prints when the job will be ended, in seconds since 1970, or nothing
 *       if there is no limit. The task asks with it how much time remains.
 *   <li>{@value #RESTARTS}: how often the system has started this very job before (it was requeued), 0 at first.
 *   <li>{@value #STATE_COMMAND}: a shell command that prints the job's state, in the words of {@link BatchStatus.End} or
 *       nothing. Optional.
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
     * The command that each script begins with: it removes the variables that tell the plan's own process which of several
     * it is, and how often it was started. Batch systems hand the environment of a submission on, and a job would take them
     * for its own. What starts several processes of the body, such as srun, sets the variables anew behind this command.
     */
    public static final String UNSET_RANKS = "unset " + String.join(" ", JobVariables.RANKS) + " "
            + String.join(" ", JobVariables.RANK_COMPANIONS) + " " + JobVariables.NO_RANKS + " " + RESTARTS + " "
            + JobVariables.ROOTS;

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
     * One job that waits for no other, and to which no variables are passed.
     *
     * @param name what it is called: letters, digits, and {@code - _ .}
     * @param body shell commands, which find the variable {@code task}
     * @param log the beginning of the path of its log, see {@link #log}
     * @param placement where it is to run, and with what
     * @return the batch
     */
    public static Batch of(String name, String body, String log, Placement placement) {
        return new Batch(name, 1, body, log, placement, List.of(), Map.of());
    }

    /**
     * More of the same.
     *
     * @param jobs how many, at least 1; more than 1 only if the system has arrays
     * @return a new batch
     */
    public Batch size(int jobs) {
        return new Batch(name, jobs, body, log, placement, after, passed);
    }

    /**
     * The same jobs, placed elsewhere.
     *
     * @param elsewhere where they are to run, and with what
     * @return a new batch
     */
    public Batch placement(Placement elsewhere) {
        return new Batch(name, size, body, log, elsewhere, after, passed);
    }

    /**
     * The same jobs, after others.
     *
     * @param handles jobs that have to end well before these start; none unless the system has dependencies
     * @return a new batch
     */
    public Batch after(List<String> handles) {
        return new Batch(name, size, body, log, placement, handles, passed);
    }

    /**
     * The same jobs, with variables that are passed to them.
     *
     * @param variables values by name
     * @return a new batch
     */
    public Batch passing(Map<String, String> variables) {
        return new Batch(name, size, body, log, placement, after, variables);
    }

    /**
     * What the jobs are called.
     *
     * @return letters, digits, and {@code - _ .}
     */
    public String name() {
        return name;
    }

    /**
     * How many jobs there are.
     *
     * @return at least 1; more than 1 only if the system has arrays
     */
    public int size() {
        return size;
    }

    /**
     * What each job does.
     *
     * @return commands for {@code sh} on the host where it runs, which find the variable {@code task}
     */
    public String body() {
        return body;
    }

    /**
     * Where the system itself and the script print to.
     *
     * @return the beginning of the path, on the host, of files: the job with number N writes {@code log-N.log}, or all of them
     *     {@code log.log} where that cannot be told apart
     */
    public String log() {
        return log;
    }

    /**
     * Where the jobs are to run, and with what. The body has set the variables of its environment already.
     *
     * @return the placement of each job
     */
    public Placement placement() {
        return placement;
    }

    /**
     * The jobs that have to end well before these start.
     *
     * @return their handles; none unless the system has dependencies
     */
    public List<String> after() {
        return after;
    }

    /**
     * Variables that the body finds in its environment. Other users see their values nowhere: not in a command line, a file that
     * they can read, or what the system shows of jobs; {@link BatchSystem#script} does not have them either.
     *
     * @return values by name
     */
    public SortedMap<String, String> passed() {
        return passed;
    }

    /**
     * An option of the placement.
     *
     * @param option its name in {@link LauncherType#options}
     * @return its value, empty if it is not set
     */
    public Optional<String> option(String option) {
        return Optional.ofNullable(((Map<String, String>) placement.options()).get(option));
    }

    /** The name, the size and the log: the body and the variables have values that are nobody else's business. */
    @Override
    public String toString() {
        return "Batch[name=" + name + ", size=" + size + ", log=" + log + "]";
    }
}
