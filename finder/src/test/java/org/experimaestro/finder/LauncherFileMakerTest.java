package org.experimaestro.finder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LauncherFileMakerTest {
    @TempDir
    private Path folder;

    /** A type that describes a host that no launcher file can have. */
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
        public List<String> check(Map<String, String> options, List<String> directives) {
            return List.of();
        }

        @Override
        public BatchSystem open(LauncherDefinition definition, Shell shell) {
            throw new UnsupportedOperationException("no jobs are run in this test");
        }

        @Override
        public ClusterDescription describe(Shell shell) {
            return new ClusterDescription(
                    List.of(new HostDescription("none", 1, 0, 1L << 30, List.of(), new TreeSet<>())), List.of());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void write_withAUmaskThatKeepsNobodyOut_isAFileThatOnlyItsOwnerMayChange(boolean force) throws Exception {
        // The mask belongs to a process, so another process writes.
        Path file = folder.resolve("made/config/launchers.yaml");
        Process writer = new ProcessBuilder(
                        "sh",
                        "-c",
                        "umask 000; exec \"$@\"",
                        "sh",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        file.toString(),
                        Boolean.toString(force))
                .inheritIO()
                .start();

        assertThat(writer.waitFor()).isZero();
        assertThat(permissions(file)).isEqualTo("rw-r--r--");
        assertThat(permissions(file.getParent())).isEqualTo("rwxr-xr-x");
        assertThat(permissions(file.getParent().getParent())).isEqualTo("rwxr-xr-x");
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    /** A process that writes a file. */
    static final class Writer {
        private Writer() {}

        public static void main(String[] arguments) {
            LauncherFileMaker.write(Path.of(arguments[0]), "launchers: {}\n", Boolean.parseBoolean(arguments[1]));
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
