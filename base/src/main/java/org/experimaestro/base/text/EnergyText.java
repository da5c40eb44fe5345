package org.experimaestro.base.text;

import java.util.Locale;
import java.util.OptionalDouble;

/** The texts about energy for people. */
public final class EnergyText {
    private static final double JOULES_PER_WH = 3600;
    private static final double THOUSAND = 1000;

    private EnergyText() {}

    /**
     * Returns an energy, such as {@code 1.20 kWh of energy (estimated), 67.2 g of CO₂}.
     *
     * @param joules the energy, in joules
     * @param isEstimated whether a part of it was computed, and not measured
     * @param carbonGrams the carbon dioxide, in grams; empty if it is not known
     * @return the text
     */
    public static String of(double joules, boolean isEstimated, OptionalDouble carbonGrams) {
        return energy(joules) + " of energy" + (isEstimated ? " (estimated)" : "")
                + (carbonGrams.isPresent() ? ", " + carbon(carbonGrams.getAsDouble()) + " of CO₂" : "");
    }

    /**
     * Returns an energy with its unit: joules below a watt hour.
     *
     * @param joules the energy, in joules
     * @return the text
     */
    public static String energy(double joules) {
        double hours = joules / JOULES_PER_WH;
        return hours < 1
                ? digits(joules) + " J"
                : hours < THOUSAND ? digits(hours) + " Wh" : digits(hours / THOUSAND) + " kWh";
    }

    /**
     * Returns a mass of carbon dioxide with its unit.
     *
     * @param grams the mass, in grams
     * @return the text
     */
    public static String carbon(double grams) {
        return grams < THOUSAND ? digits(grams) + " g" : digits(grams / THOUSAND) + " kg";
    }

    /** Returns a number with three digits, or all before its point. */
    private static String digits(double number) {
        int decimals = number < 10 ? 2 : number < 100 ? 1 : 0;
        return String.format(Locale.ROOT, "%." + decimals + "f", number);
    }
}
