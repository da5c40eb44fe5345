package org.experimaestro.core.serial;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A job's parameters as they were read.
 *
 * @param value the task
 * @param defaults the digest of the first defaults that it was stored with, {@code null} where an earlier version wrote it
 * @param workspace where the relative paths in it start, {@code null} if it has none
 */
public record ReadParameters(
        Object value, @Nullable String defaults, @Nullable Path workspace) {}
