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
 *
 * @param name what the jobs are called: letters, digits, and {@code - _ .}
 * @param size how many jobs, at least 1; more than 1 only if the system has arrays
 * @param body shell commands, which find the variable {@code task}
 * @param log the beginning of the path, on the host, of the files for what the system itself and the script print: the
 *     job with number N writes {@code log-N.log}, or all of them {@code log.log} where that cannot be told apart
 * @param resources what each job is given
 * @param partition the partition or queue, empty for the system's default
 * @param options the launcher's options, by their names in {@link LauncherType#options}
 * @param directives directives in the system's own language, as they are
 * @param after handles of jobs that have to end well before these start; empty unless the system has dependencies
 * @param passed variables that the body finds in its environment. Other users see their values nowhere: not in a command line,
 *     a file that they can read, or what the system shows of jobs; {@link BatchSystem#script} does not have them either
 */
public record Batch(
        String name,
        int size,
        String body,
        String log,
        Resources resources,
        Optional<String> partition,
        SortedMap<String, String> options,
        List<String> directives,
        List<String> after,
        SortedMap<String, String> passed) {

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

    /** Copies the collections. */
    public Batch {
        if (size < 1) {
            throw new IllegalArgumentException("A batch has at least one job, not " + size);
        }
        options = Collections.unmodifiableSortedMap(new TreeMap<>(options));
        directives = List.copyOf(directives);
        after = List.copyOf(after);
        passed = Collections.unmodifiableSortedMap(new TreeMap<>(passed));
    }

    /**
     * Jobs to which no variables are passed.
     *
     * @param name what they are called
     * @param size how many
     * @param body shell commands
     * @param log the beginning of the path of their logs
     * @param resources what each is given
     * @param partition the partition
     * @param options the launcher's options
     * @param directives directives as they are
     * @param after handles of jobs that have to end before
     */
    public Batch(
            String name,
            int size,
            String body,
            String log,
            Resources resources,
            Optional<String> partition,
            SortedMap<String, String> options,
            List<String> directives,
            List<String> after) {
        this(name, size, body, log, resources, partition, options, directives, after, new TreeMap<>());
    }

    /**
     * The same jobs, with variables that are passed to them.
     *
     * @param variables values by name
     * @return the batch
     */
    public Batch passing(SortedMap<String, String> variables) {
        return new Batch(name, size, body, log, resources, partition, options, directives, after, variables);
    }

    /**
     * An option.
     *
     * @param option its name
     * @return its value, empty if it is not set
     */
    public Optional<String> option(String option) {
        return Optional.ofNullable(((Map<String, String>) options).get(option));
    }

    /** The name, the size and the log: the body and the variables have values that are nobody else's business. */
    @Override
    public String toString() {
        return "Batch[name=" + name + ", size=" + size + ", log=" + log + "]";
    }
}
