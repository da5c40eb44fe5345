package org.experimaestro.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.experimaestro.workspace.ResourceUse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When the use of a job that runs is stored. */
class UseMeterTest {
    private static ResourceUse use(double cpu, long memory, double wall) {
        return new ResourceUse(
                OptionalDouble.of(cpu), OptionalDouble.empty(), OptionalLong.of(memory), OptionalLong.empty(), wall);
    }

    @ParameterizedTest
    @CsvSource({"10, 1000, 100, false", "10, 1101, 100, true", "11.1, 1000, 100, true", "10, 1000, 111, true"})
    void mustStore_growth_isMoreThanATenth(double cpu, long memory, double wall, boolean must) {
        assertThat(UseMeter.mustStore(use(cpu, memory, wall), use(10, 1000, 100)))
                .isEqualTo(must);
    }

    @Test
    void mustStore_firstSeconds_areLeftOut() {
        assertThat(UseMeter.mustStore(use(9, 1000, 9.9), null)).isFalse();
        assertThat(UseMeter.mustStore(use(9, 1000, 10), null)).isTrue();
    }
}
