package org.experimaestro.tui.client;

/**
 * A question to a workspace. Immutable.
 *
 * @param <T> the type of the answer
 * @param path the path behind {@code /api/1/}, with its query
 * @param type the record that the answer is read into
 */
public record ViewQuestion<T extends Record>(String path, Class<T> type) {}
