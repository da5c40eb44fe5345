package org.experimaestro;

/** Marks the configurations that exist only after a task has run. Given to {@link Task#outputs}. */
@FunctionalInterface
public interface Dependency {

    /**
     * Marks a configuration as made by the task: whatever uses it waits for the task, and its identifier contains the
     * task's.
     *
     * @param configuration a new configuration, or one of the task's parameters (or inside one)
     * @param <T> its type
     * @return the marked configuration, to be returned from {@code outputs}; a new instance when the configuration is a
     *     parameter, which itself stays unmarked
     */
    <T> T on(T configuration);
}
