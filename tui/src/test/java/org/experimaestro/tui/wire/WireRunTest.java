package org.experimaestro.tui.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WireRunTest {
    @Test
    void text_ofAReason_namesTheFirstObstaclesOnce() {
        WireLink first = new WireLink("a.learn/0123456789abcdef", "01234567", "running", Map.of());
        WireLink second = new WireLink("a.learn/fedcba9876543210", "fedcba98", "running", Map.of());

        assertThat(cause("2 of 2 places are taken", List.of(first, second), 30).text())
                .isEqualTo("2 of 2 places are taken: a.learn/01234567, a.learn/fedcba98 and 28 more");
        assertThat(cause("2 of 2 places are taken", List.of(first), 1).text())
                .isEqualTo("2 of 2 places are taken: a.learn/01234567");
        assertThat(cause("it depends on a.learn/01234567", List.of(first), 1).text())
                .isEqualTo("it depends on a.learn/01234567");
        assertThat(cause("its run is starting it", List.of(), 0).text()).isEqualTo("its run is starting it");
    }

    private static WireRun.Cause cause(String subject, List<WireLink> obstacles, int total) {
        return new WireRun.Cause(
                "a.learn", "limit", subject, "", 3, List.of(), obstacles, total, List.of(), "", Optional.empty());
    }
}
