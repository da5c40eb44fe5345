package org.experimaestro.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.function.Supplier;
import org.experimaestro.disturbance.program.Wish;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/** Tests on a cluster are skipped unless they are asked for; in CI they must run. */
class WishIT {
    private static final String PROPERTY = FixtureExtension.PROPERTY;

    @Test
    void of_noProperty_isByTheVariableCi() {
        assertThat(Wish.of(PROPERTY, "", Map.of("CI", "true"))).isEqualTo(Wish.REQUIRED);
        assertThat(Wish.of(PROPERTY, "", Map.of("CI", "false"))).isEqualTo(Wish.OFF);
        assertThat(Wish.of(PROPERTY, "", Map.of())).isEqualTo(Wish.OFF);
    }

    @Test
    void of_property_winsOverTheVariable() {
        assertThat(Wish.of(PROPERTY, "off", Map.of("CI", "true"))).isEqualTo(Wish.OFF);
        assertThat(Wish.of(PROPERTY, "required", Map.of())).isEqualTo(Wish.REQUIRED);
        assertThat(Wish.of(PROPERTY, "wanted", Map.of())).isEqualTo(Wish.WANTED);
    }

    @Test
    void demand_unavailable_failsWhereRequiredAndSkipsElsewhere() {
        Supplier<Fixture> unavailable = () -> {
            throw new UnavailableException("not installed: slurmctld");
        };

        assertThatThrownBy(() -> FixtureExtension.demand(unavailable, Wish.REQUIRED))
                .isInstanceOf(UnavailableException.class);
        assertThatThrownBy(() -> FixtureExtension.demand(unavailable, Wish.WANTED))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContaining("not installed: slurmctld");
    }

    @Test
    void demand_startFails_failsAlwaysWithItsMessage() {
        Supplier<Fixture> broken = () -> {
            throw new IllegalStateException("slurm-up failed");
        };

        assertThatThrownBy(() -> FixtureExtension.demand(broken, Wish.WANTED))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("slurm-up failed");
    }

    @Test
    void of_otherProperty_isRefused() {
        assertThatThrownBy(() -> Wish.of(PROPERTY, "on", Map.of()))
                .hasMessage("-Dcluster.tests must be required, wanted or off, not \"on\"");
    }
}
