package org.experimaestro.spi;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A type of launcher, named by {@code type:} of the launcher file. It is a service: see {@link
 * java.util.ServiceLoader}.
 */
public interface LauncherType {

    /**
     * Returns its name.
     *
     * @return lower-case letters, such as {@code slurm}
     */
    String name();

    /**
     * Returns the options of this type.
     *
     * @return in the order in which they are documented
     */
    List<LauncherOption> options();

    /**
     * Checks the values of options, and that none of them would be ignored for another option or a directive.
     *
     * @param options values by name; only known names
     * @param directives directives of the launcher, in the system's own language
     * @return a sentence for each problem; empty if there are none
     */
    default List<String> check(Map<String, String> options, List<String> directives) {
        return List.of();
    }

    /**
     * Returns the option that names the partition, or queue. If it is set, only partitions that it names are used of
     * those in the launcher file.
     *
     * @return an option whose value is a name, or several names with commas; empty, the default, if there is none
     */
    default Optional<String> partitionOption() {
        return Optional.empty();
    }

    /**
     * Joins equally good places to one placement, with which the system itself chooses among them. For example,
     * {@code sbatch} takes several partitions.
     *
     * @param places at least two places of one launcher for the same request, the first in the launcher file first
     * @param others the other kinds of host in these partitions, which the job must not get
     * @return a placement; empty, the default, if one submission cannot express it
     */
    default Optional<Placement> join(List<HostPlacement> places, List<HostDescription> others) {
        return Optional.empty();
    }

    /**
     * Returns the options that identify the batch system and the way to query it, such as its address or the path of
     * its commands. Options that concern only jobs or their submission are not among them. On one host, launchers of
     * this type with equal values for these options share one poll.
     *
     * @return names of options; by default all of them, so that only launchers with equal options share a poll
     */
    default Set<String> systemOptions() {
        return options().stream().map(LauncherOption::name).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Creates a client of the batch system.
     *
     * @param definition the launcher, whose options have been checked
     * @param shell the host of the launcher's connector, or this machine; for systems with commands
     * @return a client, which does nothing until it is used
     */
    BatchSystem open(LauncherDefinition definition, Shell shell);

    /**
     * Describes the hosts and partitions of the system, for a new launcher file.
     *
     * @param shell a host with the system's commands
     * @return the description
     * @throws RefusedException if the system is not there, or cannot be described; always, unless overridden
     * @throws UnreachableException if it does not answer
     * @throws InterruptedException if this thread is interrupted
     */
    default ClusterDescription describe(Shell shell)
            throws RefusedException, UnreachableException, InterruptedException {
        throw new RefusedException("Launchers of the type " + name()
                + " cannot be described by the commands of a host; write them into the launcher file");
    }
}
