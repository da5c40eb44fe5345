package org.experimaestro.monitor.explain;

/** Whether the value of a parameter entered an identifier, and if not, why. */
public enum IdentifierRole {
    /** It did. */
    COUNTED,
    /** Meta parameters never do. */
    META,
    /** The value is the default, or an optional that is absent. */
    DEFAULT,
    /** The system sets it. */
    GENERATED_PATH,
    /** It did unless it is what a static method makes, or a path that is the default. */
    COUNTED_UNLESS_DEFAULT,
    /** The type is not described: nobody knows without loading its class. */
    UNKNOWN;

    /**
     * Whether two values that differ can be the reason of two identifiers.
     *
     * @return false for meta parameters and generated paths
     */
    public boolean canCount() {
        return this != META && this != GENERATED_PATH;
    }
}
