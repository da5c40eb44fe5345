package org.experimaestro.monitor.explain;

/**
 * A parameter that two jobs do not have in common.
 *
 * @param path the names of the parameters that lead to it, joined by dots; elements of lists and maps in brackets;
 *     {@code model(tutorial.learn).epochs} is the parameter {@code epochs} of the task that makes {@code model}
 * @param here the value in the job that is explained, as one line of text
 * @param there the value in the other job
 * @param counts whether it can be a reason of the different identifiers
 */
public record Difference(String path, String here, String there, boolean counts) {}
