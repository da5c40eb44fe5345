package org.experimaestro.loader.source;

/** A listener for the long steps of a plan's preparation. It is not called if the plan comes from the cache. */
@FunctionalInterface
public interface Listener {

    /**
     * Called when a step begins.
     *
     * @param step a short text without a line break, {@code Resolving 3 dependencies}
     */
    void progress(String step);

    /**
     * Called for code that works but should be changed.
     *
     * @param advice one or more lines of text
     */
    default void hint(String advice) {
        progress(advice);
    }
}
