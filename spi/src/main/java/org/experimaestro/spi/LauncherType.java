package org.experimaestro.spi;

import java.util.List;
import java.util.Map;

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
     * The batch system.
     *
     * @param definition the launcher, whose options have been checked
     * @return a system, which does nothing until it is used
     */
    BatchSystem open(LauncherDefinition definition);

    /**
     * Describes the hosts and partitions that the system has, for a new launcher file.
     *
     * @param shell a host on which the system's commands are
     * @return what is there
     * @throws RefusedException if the system is not there, or cannot be described
     * @throws UnreachableException if it does not answer
     * @throws InterruptedException if this thread is interrupted
     */
    ClusterDescription describe(Shell shell) throws RefusedException, UnreachableException, InterruptedException;
}
