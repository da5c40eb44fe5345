package org.experimaestro;

/**
 * A configuration type: a plain immutable value whose parameters a plan sets.
 *
 * <p>{@snippet :
 * public interface Optimizer extends Configurable {}
 *
 * @ConfigType("tutorial.adam")
 * public record Adam(@Default("1e-3") double lr) implements Optimizer {}
 * }
 *
 * <p>Implement it in a record (the header is the parameter list) or in a class with one constructor marked {@link
 * ConfigConstructor}, and annotate that class with {@link ConfigType}. Other configurations take a class, or an
 * interface such as {@code Optimizer}, as the type of a parameter.
 *
 * <p>Constructors check their arguments. They depend on nothing else, and touch no file, network or device, because
 * they also run in the plan's process, and more than once:
 *
 * <ul>
 *   <li>{@code build()}, {@link Config#of} and {@link Config#load} call each constructor once, and throw its
 *       exceptions. {@link Config#tag} and {@link Config#stopTags} call none.
 *   <li>A configuration can have several handles, for example with different tags, or for a task before and after its
 *       submission. The first handle shares the value that was built. Each other handle makes its own value once:
 *       when another configuration is built with the handle, or {@link Config#get} is called on it.
 *   <li>{@link Experiment#submit} calls the constructors of the task and of all configurations in it once, for {@link
 *       Task#outputs}. It calls once more the constructor of each configuration that {@code outputs} makes, or marks
 *       as made by the task.
 *   <li>{@link Config#value} calls each constructor once.
 *   <li>A job's process calls each constructor once.
 * </ul>
 */
public interface Configurable {}
