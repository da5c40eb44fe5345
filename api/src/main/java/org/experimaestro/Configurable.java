package org.experimaestro;

/**
 * What every configuration type is: a plain immutable value whose parameters a plan sets.
 *
 * <p>Implement it in a record (the header is the parameter list) or in a class with one constructor marked
 * {@link ConfigConstructor}, and annotate that class with {@link ConfigType}. Interfaces between it and the classes
 * ({@code interface Optimizer extends Configurable}) are what other configurations ask for.
 *
 * <p>Constructors check their arguments, depend on nothing else, and touch no file, network or device, because they run in the
 * plan's process too, and more than once:
 *
 * <ul>
 *   <li>{@code build()}, {@link Config#of} and {@link Config#load} call each constructor once: what it throws comes there. {@link
 *       Config#tag} and {@link Config#stopTags} call none.
 *   <li>Of several handles of one configuration, such as those with different tags, or a task before and after its
 *       submission, each but the first has a value of its own, made once, when another configuration is built with the handle or
 *       {@link Config#get} is called on it.
 *   <li>{@link Experiment#submit} calls the constructors of the task and of all configurations in it once, for {@link
 *       Task#outputs}; once more the constructor of each configuration that {@code outputs} makes, or marks as made by the
 *       task; and {@link Config#value} calls each once.
 *   <li>A job's process calls each once.
 * </ul>
 */
public interface Configurable {}
