package org.experimaestro.monitor.log;

/**
 * The last progress that a task recorded at one level.
 *
 * @param level 0 for the whole task, 1 for its current part, and so on
 * @param fraction the completed part, from 0 to 1
 * @param description the current work; may be empty
 */
public record Progress(int level, double fraction, String description) {}
