package org.experimaestro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Services as plans make them. */
class ServiceTest {
    private static final Service SERVICE = Service.web(Program.of("board", "{port}"));

    @Test
    void within_timeThatCannotBeStored_isRefused() {
        for (Duration wrong : new Duration[] {
            Duration.ZERO, Duration.ofNanos(1), Duration.ofDays(25), Duration.ofSeconds(Long.MAX_VALUE)
        }) {
            assertThatThrownBy(() -> SERVICE.within(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("from 1 millisecond to 24 days");
        }
        assertThat(SERVICE.within(Duration.ofMillis(1)).limit()).hasMillis(1);
        assertThat(SERVICE.within(Duration.ofDays(24)).limit()).hasDays(24);
    }

    @Test
    void path_whatNoAddressCanHave_isRefused() {
        for (String wrong : new String[] {"lab", "//host", "/a b", "/50%", "/%zz"}) {
            assertThatThrownBy(() -> SERVICE.path(wrong))
                    .as(wrong)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("such as /lab");
        }
        assertThat(SERVICE.path("/lab/tree?token=a%20b").path()).isEqualTo("/lab/tree?token=a%20b");
    }
}
