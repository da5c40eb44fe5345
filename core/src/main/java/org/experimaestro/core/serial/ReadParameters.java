package org.experimaestro.core.serial;

import org.jspecify.annotations.Nullable;

/**
 * A job's parameters as they were read.
 *
 * @param value the task
 * @param defaults the digest of the first defaults that it was stored with, {@code null} where an earlier version wrote it
 */
public record ReadParameters(Object value, @Nullable String defaults) {}
