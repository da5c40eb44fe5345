package org.experimaestro.tui.model;

/**
 * A line of a log.
 *
 * @param at its first byte; about that, behind bytes that are no UTF-8
 * @param text its text as the job has printed it
 */
public record LogLine(long at, String text) {}
