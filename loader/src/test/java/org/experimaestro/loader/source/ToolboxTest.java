package org.experimaestro.loader.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ToolboxTest {
    private static final Path HOME = Path.of("/home/ada");

    @Test
    void defaultCache_variableSet_isBelowIt() {
        assertThat(Toolbox.defaultCache(Map.of("XDG_CACHE_HOME", "/fast"), HOME))
                .isEqualTo(Path.of("/fast/experimaestro"));
    }

    @Test
    void defaultCache_variableUnsetEmptyOrRelative_isInTheHome() {
        Path expected = Path.of("/home/ada/.cache/experimaestro");

        assertThat(Toolbox.defaultCache(Map.of(), HOME)).isEqualTo(expected);
        assertThat(Toolbox.defaultCache(Map.of("XDG_CACHE_HOME", ""), HOME)).isEqualTo(expected);
        assertThat(Toolbox.defaultCache(Map.of("XDG_CACHE_HOME", "fast"), HOME)).isEqualTo(expected);
    }
}
