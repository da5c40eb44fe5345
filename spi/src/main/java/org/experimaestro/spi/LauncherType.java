package org.experimaestro.spi;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A type of launcher, a service (see {@link java.util.ServiceLoader}): what {@code type:} of the launcher file names. */
public interface LauncherType {

    /**
     * Its name.
     *
     * @return small letters, such as {@code slurm}
     */
    String name();

    /**
     * The options that it knows.
     *
     * @return in the order in which they are documented
     */
    List<LauncherOption> options();

    /**
     * What is wrong with the values of options.
     *
     * @param options values by name; only names that are known
     * @return a sentence each; empty if nothing is wrong
     */
    default List<String> check(Map<String, String> options) {
        return List.of();
    }

    /**
     * The options that say which system is talked to, and how it is asked: where its commands are, or its address, but not
     * what only concerns jobs or how they are given to it. Launchers of this type on one host that differ in none of these
     * have one system, which is asked for the jobs of all of them with one poll.
     *
     * @return names of options; by default all of them, so that launchers share only what is the same in everything
     */
    default Set<String> systemOptions() {
        return options().stream().map(LauncherOption::name).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * The batch system.
     *
     * @param definition the launcher, whose options have been checked
     * @param shell the host of the launcher's connector, or this one: for systems that are talked to by commands there
     * @return a system, which does nothing until it is used
     */
    BatchSystem open(LauncherDefinition definition, Shell shell);

    /**
     * Describes the hosts and partitions that the system has, for a new launcher file.
     *
     * @param shell a host on which the system's commands are
     * @return what is there
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
