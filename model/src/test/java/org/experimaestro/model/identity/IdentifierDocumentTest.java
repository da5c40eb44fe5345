package org.experimaestro.model.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.experimaestro.Config;
import org.junit.jupiter.api.Test;

/** The agreement of the page about identifiers with the code. */
class IdentifierDocumentTest {
    private static final Path PAGE = Path.of("../docs/identifier-bytes.md");
    private static final Pattern EXAMPLE = Pattern.compile("<!-- vector: (\\S+) -->\n```\n(.*?)```\n", Pattern.DOTALL);
    private static final Pattern KIND = Pattern.compile("\\| `([0-9a-f]{2})` \\| `(.)` \\|");

    @Test
    void examples_ofThePage_areTheFrozenVectors() throws IOException {
        Map<String, Config<Sample>> vectors = VectorConfigs.all();
        String page = Files.readString(PAGE);
        String expected = EXAMPLE.matcher(page)
                .replaceAll(example -> java.util.regex.Matcher.quoteReplacement("<!-- vector: " + example.group(1)
                        + " -->\n```\n" + dump(vectors.get(example.group(1))) + "```\n"));
        assertThat(EXAMPLE.matcher(page).results()).hasSizeGreaterThan(4);
        assertThat(page).isEqualTo(expected);
    }

    private static String dump(Config<Sample> config) {
        return AnnotatedDump.of(FrozenVectorsTest.stream(config), config.id().toString());
    }

    @Test
    void kinds_inThePagesTable_areThoseOfTheEncoder() throws IOException, IllegalAccessException {
        Set<String> documented = new TreeSet<>();
        for (MatchResult kind : KIND.matcher(Files.readString(PAGE)).results().toList()) {
            assertThat((char) Integer.parseInt(kind.group(1), 16))
                    .isEqualTo(kind.group(2).charAt(0));
            documented.add(kind.group(2));
        }
        Set<String> known = new TreeSet<>();
        for (Field field : IdentityFormat.class.getDeclaredFields()) {
            if (field.getType() == byte.class) {
                known.add(String.valueOf((char) field.getByte(null)));
            }
        }
        known.removeAll(Set.of("C", "P", "A", "T", "Z"));
        assertThat(documented).isEqualTo(known);
    }
}
