package org.experimaestro.monitor.log;

/**
 * How far a task is, as it last told.
 *
 * @param level 0 for the whole task, 1 for the part of it that is going on, and so on
 * @param fraction from 0 to 1
 * @param description what the task is doing, or an empty text
 */
public record Progress(int level, double fraction, String description) {}
