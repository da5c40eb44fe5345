package org.experimaestro;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class IdentifierExamplesTest {
    private static final Path PAGE = Path.of("../docs/identifier-bytes.md");
    private static final Path SOURCE = Path.of("src/test/java/org/experimaestro/IdentifierExamples.java");
    private static final Pattern BLOCK =
            Pattern.compile("(<!-- java: ([^\n]+) -->\n)?```java\n(.*?)```\n", Pattern.DOTALL);

    @Test
    void javaOfThePage_isCutFromTheExamples() throws IOException {
        String source = Files.readString(SOURCE);
        List<MatchResult> blocks =
                BLOCK.matcher(Files.readString(PAGE)).results().toList();
        assertThat(blocks).isNotEmpty();
        for (MatchResult block : blocks) {
            assertThat(block.group(2)).as("the regions of %s", block.group(3)).isNotNull();
            StringBuilder expected = new StringBuilder();
            for (String region : block.group(2).split(" ")) {
                expected.append(expected.isEmpty() ? "" : "\n").append(region(source, region));
            }
            assertThat(block.group(3)).isEqualTo(expected.toString());
        }
    }

    @Test
    void identifiersOfThePage_areThoseOfTheExamples() throws IOException {
        String page = Files.readString(PAGE);
        Config<IdentifierExamples.Adam> adam = IdentifierExamples.buildAdam();
        assertThat(page).contains("MD5: " + adam.id());
        assertThat(page).contains("MD5: " + IdentifierExamples.buildLearn(adam).id());
        assertThat(page)
                .doesNotContain(
                        "MD5: " + Config.of(new IdentifierExamples.Model(3)).id());
    }

    private static String region(String source, String name) {
        String start = "// @start region=\"" + name + "\"\n";
        assertThat(source).contains(start);
        int from = source.indexOf(start) + start.length();
        int end = source.lastIndexOf('\n', source.indexOf("// @end", from));
        return source.substring(from, end).stripIndent() + "\n";
    }
}
