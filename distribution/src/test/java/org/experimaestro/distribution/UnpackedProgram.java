package org.experimaestro.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The packed program, unpacked anywhere.
 *
 * @param script the script that starts it
 * @param environment all variables of a user who has nothing set
 */
record UnpackedProgram(Path script, Map<String, String> environment) {
    private static final Path TAR = Path.of(System.getProperty("distribution.archives") + ".tar.gz");

    static UnpackedProgram in(Path folder) throws IOException {
        Path place = Files.createDirectories(folder.resolve("an unpacked place"));
        assertThat(Scripts.run(place, Map.of("PATH", "/usr/bin:/bin"), "tar", "-xzf", TAR.toString())
                        .exitCode())
                .isZero();
        try (var homes = Files.list(place)) {
            return new UnpackedProgram(
                    homes.toList().getFirst().resolve("bin/experimaestro"),
                    Map.of(
                            "PATH",
                            "/usr/bin:/bin",
                            "LC_ALL",
                            "C.UTF-8",
                            "EXPERIMAESTRO_JAVA_HOME",
                            System.getProperty("java.home"),
                            "XDG_CACHE_HOME",
                            folder.resolve("cache").toString()));
        }
    }
}
