package org.experimaestro.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class WishIT {
    @Test
    void of_noProperty_isByTheVariableCi() {
        assertThat(Wish.of("", Map.of("CI", "true"))).isEqualTo(Wish.REQUIRED);
        assertThat(Wish.of("", Map.of("CI", "false"))).isEqualTo(Wish.WANTED);
        assertThat(Wish.of("", Map.of())).isEqualTo(Wish.WANTED);
    }

    @Test
    void of_property_winsOverTheVariable() {
        assertThat(Wish.of("off", Map.of("CI", "true"))).isEqualTo(Wish.OFF);
        assertThat(Wish.of("required", Map.of())).isEqualTo(Wish.REQUIRED);
    }

    @Test
    void of_otherProperty_isRefused() {
        assertThatThrownBy(() -> Wish.of("on", Map.of()))
                .hasMessage("-Dcluster.tests must be required, wanted or off, not \"on\"");
    }
}
