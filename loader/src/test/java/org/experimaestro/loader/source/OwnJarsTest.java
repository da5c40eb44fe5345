package org.experimaestro.loader.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OwnJarsTest {
    private static final Path CLONE = Path.of("..").toAbsolutePath().normalize();

    @Test
    void marks_everyModuleThatUsersGet_hasOne() throws IOException {
        List<Path> unmarked = new ArrayList<>();
        int modules = 0;
        try (Stream<Path> folders = Files.list(CLONE)) {
            for (Path folder : folders.toList()) {
                Path sources = folder.resolve("src/main/java");
                if (Files.isDirectory(sources)
                        && !Files.readString(folder.resolve("pom.xml")).contains("<unpublished>true")) {
                    modules++;
                    if (OwnJars.MARKS.stream()
                            .map(mark -> mark.replace(".class", ".java"))
                            .noneMatch(mark -> Files.exists(sources.resolve(mark)))) {
                        unmarked.add(folder.getFileName());
                    }
                }
            }
        }

        assertThat(unmarked).isEmpty();
        assertThat(modules).isGreaterThan(15);
    }

    @Test
    void contains_classesOfThisModule_andNotOfItsTests() throws IOException {
        assertThat(OwnJars.contains(Path.of("target/classes"))).isTrue();
        assertThat(OwnJars.contains(Path.of("target"))).isFalse();
    }
}
