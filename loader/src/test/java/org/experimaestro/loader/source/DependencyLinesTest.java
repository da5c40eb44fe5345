package org.experimaestro.loader.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.experimaestro.PlanException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DependencyLinesTest {
    @TempDir
    Path folder;

    @Test
    void of_severalPerLine_areReadInOrderWithTheirPlaces() throws IOException {
        assertThat(lines("""
                ///usr/bin/env jbang
                //DEPS a:b:1.0 c.d:e-f:2.0,g:h:3 ; i:j:4
                //DEPS\tk:l:5 // the fast one
                //DEPS m:n:6  # and this
                //DEPSY no:no:1
                  //DEPS no:no:2
                // DEPS no:no:3
                """))
                .extracting(line -> line.coordinates() + " " + line.location())
                .containsExactly(
                        "a:b:1.0 experiment.java:2",
                        "c.d:e-f:2.0 experiment.java:2",
                        "g:h:3 experiment.java:2",
                        "i:j:4 experiment.java:2",
                        "k:l:5 experiment.java:3",
                        "m:n:6 experiment.java:4");
    }

    @Test
    void of_classifierTypeBomAndRange_areTakenApart() throws IOException {
        List<DependencyLine> lines =
                lines("//DEPS a:b:1.0:linux@so a:bom:2@pom a:c a:d:[1.0,2.0) a:e:1-SNAPSHOT a:f:1@test-jar");

        assertThat(lines.get(0)).isEqualTo(new DependencyLine("a", "b", "1.0", "linux", "so", "experiment.java:1"));
        assertThat(lines.get(1).isBillOfMaterials()).isTrue();
        assertThat(lines.get(2).version()).isEmpty();
        assertThat(lines.get(3).version()).isEqualTo("[1.0,2.0)");
        assertThat(lines)
                .extracting(DependencyLine::isChanging)
                .containsExactly(false, false, false, true, true, false);
        assertThat(lines.get(5).type()).isEqualTo("test-jar");
    }

    @Test
    void of_sameLibraryInTwoFiles_countsOnce() throws IOException {
        Files.writeString(folder.resolve("Helper.java"), "//DEPS a:b:1\n");

        assertThat(lines("//DEPS a:b:1\n")).hasSize(1);
    }

    @Test
    void of_wrongWordsAndTwoVersions_reportsAll() throws IOException {
        Files.writeString(folder.resolve("Helper.java"), "\n//DEPS a:b:1\n");

        assertThatThrownBy(() -> lines("//DEPS commons-csv a:b:2\n//DEPS ${x}:y:1"))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("experiment.java:1: \"commons-csv\" is not group:artifact:version")
                .hasMessageContaining("experiment.java:1: a:b:2 stands at Helper.java:2 with version 1")
                .hasMessageContaining("experiment.java:2: \"${x}:y:1\" is not");
    }

    private List<DependencyLine> lines(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("experiment.java"), text);
        return DependencyLines.of(SourceFolder.read(file));
    }
}
