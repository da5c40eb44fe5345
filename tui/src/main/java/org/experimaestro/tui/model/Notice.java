package org.experimaestro.tui.model;

import java.time.Instant;

/**
 * A sentence about what has happened, shown for some seconds.
 *
 * @param text the sentence
 * @param isProblem whether it is about something that was not done
 * @param until the time at which it goes
 */
public record Notice(String text, boolean isProblem, Instant until) {}
