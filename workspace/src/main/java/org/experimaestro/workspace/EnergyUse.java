package org.experimaestro.workspace;

import java.util.Map;
import java.util.OptionalDouble;
import org.experimaestro.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * The energy that the process of an attempt has used, with its share of what several processes use. Immutable.
 *
 * <p>The code is on the path of a job, so it uses no streams.
 *
 * @param joules the energy, in joules
 * @param isEstimated whether a part of it was computed from CPU time and memory, because the machine does not measure it
 * @param carbonGrams the mass of the carbon dioxide that making the energy has released, in grams; empty if it is not known
 *     how the energy is made
 */
public record EnergyUse(double joules, boolean isEstimated, OptionalDouble carbonGrams) {
    private static final String ENERGY = "energyJoules";
    private static final String ESTIMATED = "energyEstimated";
    private static final String CARBON = "carbonGrams";

    static void addTo(Map<String, Object> json, @Nullable EnergyUse use) {
        if (use == null) {
            return;
        }
        json.put(ENERGY, use.joules);
        if (use.isEstimated) {
            json.put(ESTIMATED, true);
        }
        if (use.carbonGrams.isPresent()) {
            json.put(CARBON, use.carbonGrams.getAsDouble());
        }
    }

    /** Returns the energy in the resources of a file; {@code null} if they have none. */
    static @Nullable EnergyUse find(JsonObject json) {
        return json.has(ENERGY)
                ? new EnergyUse(
                        json.number(ENERGY),
                        json.has(ESTIMATED) && json.bool(ESTIMATED),
                        json.has(CARBON) ? OptionalDouble.of(json.number(CARBON)) : OptionalDouble.empty())
                : null;
    }
}
