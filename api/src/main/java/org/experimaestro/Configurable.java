package org.experimaestro;

/**
 * What every configuration type is: a plain immutable value whose parameters a plan sets.
 *
 * <p>Implement it in a record (the header is the parameter list) or in a class with one constructor marked
 * {@link ConfigConstructor}, and annotate that class with {@link ConfigType}. Interfaces between it and the classes
 * ({@code interface Optimizer extends Configurable}) are what other configurations ask for.
 *
 * <p>Constructors run in the plan's process too, once per {@code build()} and once per submission: they check their
 * arguments, and touch no file, network or device.
 */
public interface Configurable {}
