package org.experimaestro.core.serial;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The parameters that were read from a job's file.
 *
 * @param value the task
 * @param defaults the digest of the first defaults that it was stored with, {@code null} if an earlier version wrote
 *     it
 * @param workspace the folder where its relative paths start, {@code null} if it has none
 */
public record ReadParameters(
        Object value, @Nullable String defaults, @Nullable Path workspace) {}
