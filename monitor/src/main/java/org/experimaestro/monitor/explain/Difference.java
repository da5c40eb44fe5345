package org.experimaestro.monitor.explain;

/**
 * A parameter in which two jobs differ.
 *
 * @param path the names of the parameters that lead to it, joined by dots; elements of lists and maps in brackets;
 *     {@code model(tutorial.learn).epochs} is the parameter {@code epochs} of the task that makes {@code model}
 * @param here the value in the explained job, as one line of text
 * @param there the value in the other job, as one line of text
 * @param counts whether the difference can be a reason for different identifiers
 */
public record Difference(String path, String here, String there, boolean counts) {}
