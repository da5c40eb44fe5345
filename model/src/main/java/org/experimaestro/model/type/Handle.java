package org.experimaestro.model.type;

import org.experimaestro.Config;
import org.experimaestro.generated.TypeDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * A handle with the properties that types need to bind it to a parameter. Every handle implements it: see {@code
 * Node}.
 *
 * @param <T> the type of the plain value
 */
public interface Handle<T> extends Config<T> {

    /**
     * Returns the handle of a plan as this interface.
     *
     * @param config the plan's handle
     * @param <T> its type
     * @return the same object
     */
    static <T> Handle<T> of(Config<T> config) {
        return (Handle<T>) config;
    }

    /**
     * Returns the type of a configuration.
     *
     * @return its descriptor, or {@code null} for a collection
     */
    @Nullable
    TypeDescriptor<T> descriptor();

    /**
     * Returns whether a task makes it.
     *
     * @return true for results of {@code submit}, and for parts of them
     */
    boolean isMade();

    /**
     * Returns whether its identifier would differ in another plan's folder, because it contains a relative path that
     * counts, at any depth.
     *
     * @return false if all its paths that count were absolute when they were given
     */
    boolean startsFromPlanFolder();

    /**
     * Returns the part that it has in the identifiers of those that use it.
     *
     * @return the rule of the plan for this handle
     */
    CountRule countRule();
}
