package org.experimaestro.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The decisions of docs/adr have one form, and their list names each of them. */
class DecisionsTest {
    private static final Path DECISIONS = Page.ROOT.resolve("docs/adr");
    private static final List<String> SECTIONS =
            List.of("## Context", "## Decision", "## Options considered", "## Consequences");

    static List<String> decisions() throws IOException {
        try (Stream<Path> files = Files.list(DECISIONS)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("[0-9]{4}-.*\\.md"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("decisions")
    void decision_each_hasTheFormAndIsListed(String name) throws IOException {
        List<String> lines = Page.read(DECISIONS.resolve(name)).lines();
        String number = name.substring(0, 4).replaceFirst("^0+", "");

        assertThat(lines.getFirst()).matches("# " + number + "\\. .+");
        assertThat(lines.get(2)).matches("- Status: (accepted|superseded by [0-9]+)");
        assertThat(lines.get(3)).matches("- Date: 20[0-9]{2}-[0-9]{2}-[0-9]{2}");
        assertThat(lines).filteredOn(line -> line.startsWith("## ")).isEqualTo(SECTIONS);
        assertThat(Files.readString(DECISIONS.resolve("README.md")))
                .contains("| [" + lines.getFirst().substring(2) + "](" + name + ") | "
                        + lines.get(3).substring("- Date: ".length()) + " | ");
    }
}
