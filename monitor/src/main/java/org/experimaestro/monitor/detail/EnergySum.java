package org.experimaestro.monitor.detail;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.experimaestro.base.text.EnergyText;
import org.experimaestro.workspace.EnergyUse;
import org.experimaestro.workspace.ResourceUse;

/**
 * The energy of several jobs. Immutable.
 *
 * @param joules the energy of all, in joules
 * @param isEstimated whether a part of it was computed, and not measured
 * @param carbonGrams the carbon dioxide in grams; empty if that of one of them is not known
 */
public record EnergySum(double joules, boolean isEstimated, OptionalDouble carbonGrams) {

    /**
     * Adds up the energy of jobs.
     *
     * @param uses what the last attempt of each has used
     * @return the sum; empty if no job has measured its energy
     */
    public static Optional<EnergySum> of(Stream<ResourceUse> uses) {
        double joules = 0;
        double grams = 0;
        boolean isEstimated = false;
        boolean isKnown = true;
        int count = 0;
        for (ResourceUse use : (Iterable<ResourceUse>) uses::iterator) {
            EnergyUse energy = use.energy();
            if (energy != null) {
                count++;
                joules += energy.joules();
                isEstimated |= energy.isEstimated();
                isKnown &= energy.carbonGrams().isPresent();
                grams += energy.carbonGrams().orElse(0);
            }
        }
        return count == 0
                ? Optional.empty()
                : Optional.of(new EnergySum(
                        joules, isEstimated, isKnown ? OptionalDouble.of(grams) : OptionalDouble.empty()));
    }

    /** Returns the sum in words, such as {@code 1.20 kWh of energy (estimated), 67.2 g of CO₂}. */
    public String text() {
        return EnergyText.of(joules, isEstimated, carbonGrams);
    }
}
