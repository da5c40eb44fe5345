package org.experimaestro.workspace;

import java.time.Instant;

/**
 * A notification about a run that was sent, or is being sent. Immutable.
 *
 * @param receiver the name of whom it is for: letters, digits, - and _
 * @param event the event, such as {@code end}
 * @param time the time just before it was sent
 * @param failures the number of failures of jobs, from the begin of the run, that it or an earlier one tells
 */
public record SentNotification(String receiver, String event, Instant time, int failures) {}
