package org.experimaestro;

/**
 * A parameter's value together with the wish to see it when results are read. Made by {@link Tags#tag}.
 *
 * @param value the value
 * @param <T> its type
 */
public record Tagged<T>(T value) {}
