package org.experimaestro.model.type;

/** The part that a configuration has in the identifiers of those that use it. */
public enum CountRule {
    /** It counts, unless its parameter is meta. */
    BY_PARAMETER,
    /** It never counts. */
    NEVER,
    /** It counts under a meta parameter, too. */
    ALWAYS
}
