package org.experimaestro;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A parameter's value with a tag, which shows the value when results are read. {@link Tags#tag} makes it; a builder
 * takes it. Two are equal when their values are. Immutable.
 *
 * @param <T> the type of the value
 */
public final class Tagged<T> {
    private final T value;

    Tagged(T value) {
        this.value = value;
    }

    /**
     * Returns the value.
     *
     * @return the value without its tag
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

    /** Returns the text of the value, marked as tagged. */
    @Override
    public String toString() {
        return "tag(" + value + ")";
    }
}
