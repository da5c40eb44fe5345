package org.experimaestro.monitor.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobNamesTest {
    private static final String ID = "0123456789abcdef0123456789abcdef";

    /** The definition of what is found. */
    private static final Pattern NAME = Pattern.compile("(?<=[\"/])([^\"/\\\\\\s]+/[0-9a-f]{32})(?=[\"/])");

    private static final List<String> PARTS = List.of(
            "\"",
            "/",
            "\\",
            " ",
            "\n",
            "a.learn",
            "\u20ac",
            ID,
            ID.substring(1),
            "a.learn/" + ID,
            "\"b/" + ID + "\"",
            "F");

    @Test
    void in_producersAndPaths_findsEachOnce() {
        String text = "{\"producer\": \"b.make/" + ID + "\", \"path\": \"../../a.learn/" + ID
                + "/out.txt\", \"again\": \"b.make/" + ID + "\"}";

        assertThat(JobNames.in(text.getBytes(StandardCharsets.UTF_8))).containsExactly("a.learn/" + ID, "b.make/" + ID);
    }

    @Test
    void in_otherTexts_findsNone() {
        for (String text :
                List.of("", "/", ID, "a.learn/" + ID, "\"a.learn/" + ID, "\"/" + ID + "\"", "\"a b/" + ID + "0\"")) {
            assertThat(JobNames.in(text.getBytes(StandardCharsets.UTF_8)))
                    .as(text)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void in_anyText_findsWhatThePatternFinds(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int parts = random.nextInt(12); parts > 0; parts--) {
                text.append(PARTS.get(random.nextInt(PARTS.size())));
            }
            TreeSet<String> expected = new TreeSet<>();
            Matcher names = NAME.matcher(text);
            while (names.find()) {
                expected.add(names.group(1));
            }

            assertThat(JobNames.in(text.toString().getBytes(StandardCharsets.UTF_8)))
                    .as(text.toString())
                    .containsExactlyElementsOf(expected);
        }
    }
}
