package org.experimaestro.settings;

/**
 * A value with the place where it was written, for code that checks the value later. A component of a record that
 * {@link RecordFile} makes may have this type.
 *
 * @param value the value
 * @param origin its place; for a list or a map under a key, that of the key
 * @param <T> the type of the value
 */
public record Located<T>(T value, Origin origin) {}
