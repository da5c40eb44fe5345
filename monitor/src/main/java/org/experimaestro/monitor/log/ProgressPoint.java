package org.experimaestro.monitor.log;

import java.time.Instant;

/**
 * The progress of the whole task at one time.
 *
 * @param time the time at which the task recorded it
 * @param fraction the completed part, from 0 to 1
 */
public record ProgressPoint(Instant time, double fraction) {}
