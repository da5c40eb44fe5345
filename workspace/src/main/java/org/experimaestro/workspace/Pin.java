package org.experimaestro.workspace;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A mark of a job that must not be cleaned. Immutable.
 *
 * @param time the time at which the job was pinned; {@code null} if the file cannot be read
 * @param user the name of the user who has pinned it, for people
 * @param note the reason, in words; may be empty
 */
public record Pin(@Nullable Instant time, String user, String note) {}
