package org.experimaestro.settings;

/**
 * A rule of the key {@code priorities} in an experiment's file. Immutable.
 *
 * @param where the text of a filter of jobs
 * @param priority the priority of the jobs that the filter selects
 * @param place the place of the filter's text, for messages, such as {@code debug.yaml:4}
 */
public record PriorityRule(String where, int priority, String place) {}
