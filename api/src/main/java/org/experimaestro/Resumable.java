package org.experimaestro;

/**
 * A marker of a {@link Task} that keeps the files of its earlier attempts, because it goes on from what they saved.
 *
 * <p>Each other task finds a clean folder: before a second attempt begins, the files that the first attempt left in the
 * job's folder are moved aside. The marker does not count in the identifier. It has no effect on a configuration that
 * is not a task.
 *
 * <p>{@snippet :
 * @ConfigType("tutorial.learn")
 * public record Learn(int epochs, @GeneratedPath("model.bin") Path weights) implements SelfTask<Learn>, Resumable {
 *     @Override
 *     public void execute(TaskContext context) throws Exception {
 *         Model model = Files.exists(weights) ? Model.read(weights) : new Model();
 *         while (model.epoch() < epochs) {
 *             model.train();
 *             model.write(weights);
 *         }
 *     }
 * }
 * }
 */
public interface Resumable {}
