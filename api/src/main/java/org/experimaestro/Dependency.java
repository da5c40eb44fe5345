package org.experimaestro;

/** A marker of configurations that exist only after a task has run. {@link Task#outputs} gets it as an argument. */
@FunctionalInterface
public interface Dependency {

    /**
     * Marks a configuration as made by the task. A task that uses the configuration waits for this task, and its
     * identifier contains this task's identifier.
     *
     * <p>{@snippet :
     * @Override
     * public LearnedModel outputs(Dependency dep) {
     *     return dep.on(new LearnedModel(model, weights));
     * }
     * }
     *
     * @param configuration a new configuration, or a task's parameter, or a configuration inside a parameter
     * @param <T> its type
     * @return the marked configuration, to be returned from {@code outputs}; a new instance if the configuration is a
     *     parameter, which itself stays unmarked
     */
    <T> T on(T configuration);
}
