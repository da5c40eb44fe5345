package org.experimaestro;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A parameter's value together with the wish to see it when results are read. Made by {@link Tags#tag}; given to a builder.
 * Two are equal when their values are. Immutable.
 *
 * @param <T> the type of the value
 */
public final class Tagged<T> {
    private final T value;

    Tagged(T value) {
        this.value = value;
    }

    /**
     * The value.
     *
     * @return what was tagged
     */
    public T value() {
        return value;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Tagged<?> that && Objects.equals(value, that.value);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(value);
    }

    /** The text of the value, marked as tagged. */
    @Override
    public String toString() {
        return "tag(" + value + ")";
    }
}
