package org.experimaestro.monitor.explain;

/** The part of a parameter's value in an identifier, with the reason if it has none. */
public enum IdentifierRole {
    /** The value entered the identifier. */
    COUNTED,
    /** The parameter is meta, and never enters an identifier. */
    META,
    /** The value is the default, or an absent optional, and did not enter the identifier. */
    DEFAULT,
    /** The value is a path that the system generates, and never enters an identifier. */
    GENERATED_PATH,
    /**
     * The value entered the identifier unless it equals a default that is not known here, such as the result of a
     * static method.
     */
    COUNTED_UNLESS_DEFAULT,
    /** The type is not described, so its class would have to be loaded to know. */
    UNKNOWN;

    /**
     * Returns whether different values can be a reason for different identifiers.
     *
     * @return false for meta parameters and generated paths
     */
    public boolean canCount() {
        return this != META && this != GENERATED_PATH;
    }
}
