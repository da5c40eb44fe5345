package org.experimaestro.benchmarks.table;

import java.util.Locale;

/**
 * A row of the table: something that is measured, and its bounds.
 *
 * @param group the name by which the row is chosen, with others that need the same preparation
 * @param what what is measured
 * @param unit the unit of the bounds: {@code B} for the cost of a bare JVM's start, {@code x} for that of the peer, or a unit
 * @param must the bound that must be kept; not a number if the peer is the bound
 * @param aim the bound that is aimed at
 * @param isRate whether more is better
 * @param measure the measurement
 */
record Row(String group, String what, String unit, double must, double aim, boolean isRate, Measure measure) {

    /** A measurement. */
    @FunctionalInterface
    interface Measure {
        /**
         * Measures.
         *
         * @return what was seen
         * @throws Missing if the peer or something else is not there
         * @throws Exception if a command fails
         */
        Seen run() throws Exception;
    }

    /**
     * Something that was measured.
     *
     * @param value the value, in the row's unit
     * @param must the bound that must be kept, if the peer is the bound; else not a number
     * @param details the parts, for people
     */
    record Seen(double value, double must, String details) {
        Seen(double value, String details) {
            this(value, Double.NaN, details);
        }
    }

    /** The lack of what a row needs. */
    static final class Missing extends Exception {
        private static final long serialVersionUID = 1;

        Missing(String what, String howToInstall) {
            super(what + "; " + howToInstall);
        }
    }

    /** Returns a row of which less is better. */
    static Row of(String group, String what, String unit, double must, double aim, Measure measure) {
        return new Row(group, what, unit, must, aim, false, measure);
    }

    /** Returns whether a value keeps a bound. */
    boolean isMet(double value, double bound) {
        return isRate ? value >= bound : value <= bound;
    }

    /** Returns a value with the unit, such as {@code 1.40 B}. */
    String text(double value) {
        if (Double.isNaN(value)) {
            return "the peer";
        }
        String number = value >= 100 || value == Math.rint(value)
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.1f", value);
        return number + " " + unit;
    }
}
