package org.experimaestro.settings;

import java.util.Optional;

/**
 * The settings of a workspace about the energy that its jobs use. Immutable.
 *
 * @param measured whether it is measured; empty for yes
 * @param intensity the grams of carbon dioxide that making a kilowatt hour releases; empty if that is not known
 */
public record EnergySettings(Optional<Measured> measured, Optional<Double> intensity) {
    /** Settings without either key. */
    public static final EnergySettings NONE = new EnergySettings(Optional.empty(), Optional.empty());

    /** An answer whether energy is measured. */
    public enum Measured {
        /** It is measured. */
        ON,
        /** It is not measured. */
        OFF
    }

    /**
     * Returns these settings, completed by others.
     *
     * @param other the settings that count for a key that is missing here
     * @return settings with the keys of both
     */
    EnergySettings or(EnergySettings other) {
        return new EnergySettings(measured.or(other::measured), intensity.or(other::intensity));
    }
}
