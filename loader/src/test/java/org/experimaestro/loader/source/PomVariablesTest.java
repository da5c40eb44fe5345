package org.experimaestro.loader.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PomVariablesTest {
    private static final int LEVELS = 8;

    @TempDir
    Path folder;

    @Test
    void replace_valuesWithVariables_areReplacedToo() {
        Map<String, String> values = Map.of("host", "lab.org", "base", "https://${host}/maven", "self", "<${self}>");

        assertThat(PomVariables.replace("${base}/x", values::get)).isEqualTo("https://lab.org/maven/x");
        assertThat(PomVariables.replace("${absent}/$x/${", values::get)).isEqualTo("${absent}/$x/${");
        assertThat(PomVariables.replace("${self}", values::get)).isEqualTo("<<<<<${self}>>>>>");
    }

    @Test
    void replace_longerThanAnyPath_isAsWritten() {
        Map<String, String> values =
                Map.of("ten", "${one}".repeat(10), "one", "x".repeat(500), "long", "x".repeat(5_000));

        assertThat(PomVariables.replace("${one}", values::get)).hasSize(500);
        assertThat(PomVariables.replace("${ten}", values::get)).isEqualTo("${ten}");
        assertThat(PomVariables.replace("${long}", values::get)).isEqualTo("${long}");
        assertThat(PomVariables.replace("${".repeat(100_000), values::get)).hasSize(200_000);
    }

    @Test
    void repositories_propertiesThatGrow_areAsWritten() throws IOException {
        Pom pom = Pom.read(
                growing("<repositories><repository><id>far</id><url>https://${p0}</url></repository></repositories>"));

        assertThat(pom.repositories()).containsExactly(new RepositoryLine("far", "https://${p0}"));
    }

    @Test
    void outsidePaths_propertiesThatGrow_leadNowhere() throws IOException {
        Path pom = growing("<build><sourceDirectory>../${p0}</sourceDirectory></build>");

        assertThat(OutsidePaths.of(Map.of(pom, Set.of(folder)), folder, Map.of())
                        .relative())
                .isEmpty();
    }

    /**
     * Returns a pom in which each property names the next so often that the value of the first would fill the memory.
     */
    private Path growing(String more) throws IOException {
        var properties = new StringBuilder();
        for (int level = 0; level < LEVELS; level++) {
            properties
                    .append("<p" + level + ">")
                    .append(("${p" + (level + 1) + "}").repeat(100))
                    .append("</p" + level + ">");
        }
        return Files.writeString(
                folder.resolve("pom.xml"),
                "<project><modelVersion>4.0.0</modelVersion><groupId>g</groupId><artifactId>a</artifactId>"
                        + "<version>1</version><properties>" + properties + "<p" + LEVELS + ">x</p" + LEVELS
                        + "></properties>" + more + "</project>");
    }
}
