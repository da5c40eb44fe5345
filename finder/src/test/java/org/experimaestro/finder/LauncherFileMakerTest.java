package org.experimaestro.finder;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.experimaestro.LaunchException;
import org.experimaestro.spi.BatchSystem;
import org.experimaestro.spi.ClusterDescription;
import org.experimaestro.spi.HostDescription;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.LauncherOption;
import org.experimaestro.spi.LauncherType;
import org.experimaestro.spi.Shell;
import org.junit.jupiter.api.Test;

class LauncherFileMakerTest {
    /** Describes a host that no launcher file can have. */
    private record Odd() implements LauncherType {
        @Override
        public String name() {
            return "odd";
        }

        @Override
        public List<LauncherOption> options() {
            return List.of();
        }

        @Override
        public List<String> check(Map<String, String> options) {
            return List.of();
        }

        @Override
        public BatchSystem open(LauncherDefinition definition) {
            throw new UnsupportedOperationException("no jobs are run in this test");
        }

        @Override
        public ClusterDescription describe(Shell shell) {
            return new ClusterDescription(
                    List.of(new HostDescription("none", 1, 0, 1L << 30, List.of(), new TreeSet<>())), List.of());
        }
    }

    @Test
    void here_descriptionThatDoesNotReadBack_isRefusedBeforeItIsStored() {
        var maker = new LauncherFileMaker(LauncherTypes.of(List.of(new Odd()), List.of()));

        assertThatThrownBy(() -> maker.here("odd"))
                .isInstanceOf(LaunchException.class)
                .hasMessageContaining("what this machine says of itself does not read back, so nothing was written: ")
                .hasMessageContaining("\"launchers.odd.hosts.none.cores\" must be at least 1, found the number 0");
    }
}
