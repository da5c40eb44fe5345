package org.experimaestro.loader.source;

/** Is told what takes time while a plan is prepared. Nothing is told when the plan comes from the cache. */
@FunctionalInterface
public interface Listener {

    /**
     * A step begins.
     *
     * @param step a short text without a line break, {@code Resolving 3 dependencies}
     */
    void progress(String step);

    /**
     * Something that works but had better be changed.
     *
     * @param advice one or more lines of text
     */
    default void hint(String advice) {
        progress(advice);
    }
}
