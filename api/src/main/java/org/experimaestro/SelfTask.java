package org.experimaestro;

/**
 * A task that is its own output: other configurations take the task itself as a parameter, and find its files through
 * its generated paths.
 *
 * @param <T> the task's own class
 */
public interface SelfTask<T extends SelfTask<T>> extends Task<T> {

    /**
     * The task itself.
     *
     * @param dep marks what exists only after this task has run
     * @return this task, as a dependency
     */
    @Override
    @SuppressWarnings("unchecked")
    default T outputs(Dependency dep) {
        return dep.on((T) this);
    }
}
