package org.experimaestro.requirement;

/**
 * One accelerator.
 *
 * @param kind its kind
 * @param memory how much memory it needs at least, in bytes
 */
public record Accelerator(AcceleratorKind kind, long memory) {}
