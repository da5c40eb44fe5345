package org.experimaestro.model.type;

import org.experimaestro.Config;
import org.experimaestro.generated.TypeDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * A handle as types see it, which bind it to a parameter. All handles are such: see {@code Node}.
 *
 * @param <T> the type of the plain value
 */
public interface Handle<T> extends Config<T> {

    /**
     * The handle of a plan.
     *
     * @param config what a plan has
     * @param <T> its type
     * @return the same object
     */
    static <T> Handle<T> of(Config<T> config) {
        return (Handle<T>) config;
    }

    /**
     * The type of a configuration.
     *
     * @return its descriptor, or {@code null} for a collection
     */
    @Nullable
    TypeDescriptor<T> descriptor();

    /**
     * Whether a task makes it.
     *
     * @return true for what {@code submit} returned, and for parts of it
     */
    boolean isMade();

    /**
     * Whether its identifier would be another one in another plan's folder: a relative path that counts is in it, at any
     * depth.
     *
     * @return false if all its paths that count were absolute when they were given
     */
    boolean startsFromPlanFolder();
}
