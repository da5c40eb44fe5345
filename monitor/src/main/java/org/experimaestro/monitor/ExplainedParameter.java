package org.experimaestro.monitor;

import org.jspecify.annotations.Nullable;

/**
 * A parameter of a stored configuration.
 *
 * @param name its name
 * @param value a JSON value in which configurations are {@link StoredConfiguration}s; {@code null} where an optional is
 *     absent, and for a generated path
 * @param counting whether it entered the identifier
 * @param detail more about that: the generated path, or the method that makes the default; or an empty text
 */
public record ExplainedParameter(String name, @Nullable Object value, Counting counting, String detail) {}
