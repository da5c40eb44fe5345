package org.experimaestro.monitor.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.experimaestro.ConfigId;
import org.junit.jupiter.api.Test;

class ShortIdentifiersTest {
    @Test
    void of_sameBeginnings_takesMoreDigits() {
        ConfigId first = ConfigId.parse("0123456789abcdef0123456789abcdef");
        ConfigId second = ConfigId.parse("0123456789acffff0123456789abcdef");
        ConfigId far = ConfigId.parse("ffffffff89abcdef0123456789abcdef");

        ShortIdentifiers shortened = new ShortIdentifiers(List.of(second, far, first, first));

        assertThat(shortened.of(first)).isEqualTo("0123456789ab");
        assertThat(shortened.of(second)).isEqualTo("0123456789ac");
        assertThat(shortened.of(far)).isEqualTo("ffffffff");
    }
}
