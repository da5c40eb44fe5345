package org.experimaestro.base.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class EnergyTextTest {
    @Test
    void of_smallAndLargeEnergies_haveUnitsAndThreeDigits() {
        assertThat(EnergyText.of(41.26, true, OptionalDouble.empty())).isEqualTo("41.3 J of energy (estimated)");
        assertThat(EnergyText.of(36_000, false, OptionalDouble.of(0.56))).isEqualTo("10.0 Wh of energy, 0.56 g of CO₂");
        assertThat(EnergyText.of(3.6e9, false, OptionalDouble.of(56_000)))
                .isEqualTo("1000 kWh of energy, 56.0 kg of CO₂");
    }
}
