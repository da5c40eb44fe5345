package org.experimaestro;

/**
 * A task that is its own output. Other configurations take the task itself as a parameter, and find its files through
 * its generated paths.
 *
 * <p>{@snippet :
 * @ConfigType("tutorial.learn")
 * public record Learn(int epochs, @GeneratedPath("model.bin") Path weights) implements SelfTask<Learn> {
 *     @Override
 *     public void execute(TaskContext context) throws Exception {
 *         Files.write(weights, train(epochs));
 *     }
 * }
 * }
 *
 * @param <T> the task's own class
 */
public interface SelfTask<T extends SelfTask<T>> extends Task<T> {

    /**
     * Returns the task itself.
     *
     * @param dep the marker of configurations that exist only after this task has run
     * @return this task, as a dependency
     */
    @Override
    @SuppressWarnings("unchecked")
    default T outputs(Dependency dep) {
        return dep.on((T) this);
    }
}
