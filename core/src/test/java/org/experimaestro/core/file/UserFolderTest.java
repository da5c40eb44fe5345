package org.experimaestro.core.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UserFolderTest {
    private static final Path HOME = Path.of("/home/ada");

    @Test
    void path_variableSet_isBelowItAndNeedsNoHome() {
        for (UserFolder folder : UserFolder.values()) {
            Map<String, String> environment =
                    Map.of("XDG_CACHE_HOME", "/fast", "XDG_CONFIG_HOME", "/fast", "XDG_STATE_HOME", "/fast");
            assertThat(folder.path(environment, UserFolderTest::noHome)).isEqualTo(Path.of("/fast/experimaestro"));
        }
    }

    @Test
    void path_variableUnsetEmptyOrRelative_isInTheHome() {
        for (Map<String, String> environment : List.<Map<String, String>>of(
                Map.of(), Map.of("XDG_CACHE_HOME", ""), Map.of("XDG_CACHE_HOME", "fast"))) {
            assertThat(UserFolder.CACHE.path(environment, () -> HOME))
                    .isEqualTo(Path.of("/home/ada/.cache/experimaestro"));
        }
        assertThat(UserFolder.CONFIGURATION.path(Map.of(), () -> HOME))
                .isEqualTo(Path.of("/home/ada/.config/experimaestro"));
        assertThat(UserFolder.STATE.path(Map.of(), () -> HOME))
                .isEqualTo(Path.of("/home/ada/.local/state/experimaestro"));
    }

    private static Path noHome() {
        throw new AssertionError("asked for the home folder");
    }
}
