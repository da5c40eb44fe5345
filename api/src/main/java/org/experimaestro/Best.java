package org.experimaestro;

/** The direction in which the values of a metric get better. */
public enum Best {
    /** The highest value is the best, as for an accuracy. */
    HIGHEST,
    /** The lowest value is the best, as for a loss. */
    LOWEST
}
