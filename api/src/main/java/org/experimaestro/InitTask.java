package org.experimaestro;

/**
 * A configuration that prepares a job: its method runs in the job's process, before the task executes. It can restore
 * what a constructor cannot make, such as the learned weights of a model.
 *
 * <p>{@snippet :
 * @ConfigType("tutorial.load-weights")
 * public record LoadWeights(Network network, Path weights) implements InitTask {
 *     @Override
 *     public void init(TaskContext context) throws Exception {
 *         network.read(weights);
 *     }
 * }
 *
 * xp.submit(evaluate().network(network).build().init(loadWeights));
 * }
 *
 * <p>A plan gives a task its init tasks by {@link Config#init}. They count in the task's identifier, and the job waits
 * for the tasks that make them. A configuration that an init task and the task share is one object in the job, so
 * that the task finds the state that the init task has restored there. Such a configuration is a class with a {@link
 * ConfigConstructor}, because a record has no state beside its parameters.
 */
public interface InitTask extends Configurable {

    /**
     * Prepares the job. Called once in each process of the job, in the task's thread, before {@link Task#execute}, and
     * under the same contract. If a task has several init tasks, they are called in the order in which the plan gave
     * them.
     *
     * @param context the context of the task
     * @throws Exception if anything goes wrong: the job fails, and its failure names the init task
     */
    void init(TaskContext context) throws Exception;
}
