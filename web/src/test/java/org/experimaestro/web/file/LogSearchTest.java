package org.experimaestro.web.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.experimaestro.core.json.Json;
import org.experimaestro.web.http.HttpProblem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogSearchTest {
    /** The bytes that are searched at once. */
    private static final int PART = 1024 * 1024;

    @TempDir
    Path folder;

    private final AtomicInteger ended = new AtomicInteger();

    @Test
    void search_text_findsByteAndLineOfEachMatch() throws IOException {
        List<Map<?, ?>> found = search("one\ntwo Needle needle\n\nthree\nneedle", "nEEdle", false, false);

        assertThat(found)
                .containsExactly(
                        Map.of("at", 8L, "line", 2L, "text", "two Needle needle"),
                        Map.of("at", 15L, "line", 2L, "text", "two Needle needle"),
                        Map.of("at", 29L, "line", 5L, "text", "needle"),
                        Map.of("done", true, "matches", 3L, "lines", 5L));
        assertThat(ended).hasValue(1);
    }

    @Test
    void search_exactTextOfManyBytes_findsItsByte() throws IOException {
        assertThat(search("€ Größe\nGRÖSSE größe\n", "größe", false, true).getFirst())
                .isEqualTo(Map.of("at", 20L, "line", 2L, "text", "GRÖSSE größe"));
        assertThat(search("€ Größe\n", "gRÖßE", false, false).getFirst())
                .isEqualTo(Map.of("at", 4L, "line", 1L, "text", "€ Größe"));
    }

    @Test
    void search_expression_findsItsByte() throws IOException {
        List<Map<?, ?>> found = search("€ loss 0.1\nloss nan\n", "loss\\s+[a-z]+", true, false);

        assertThat(found)
                .containsExactly(
                        Map.of("at", 13L, "line", 2L, "text", "loss nan"),
                        Map.of("done", true, "matches", 1L, "lines", 2L));
        assertThat(search("€ loss 0.1\n", "LOSS", true, false).getFirst().get("at"))
                .isEqualTo(4L);
    }

    @Test
    void search_moreMatchesThanAreSent_countsAll() throws IOException {
        List<Map<?, ?>> found = search("x\n".repeat(200_000), "x", false, false);

        assertThat(found.stream().filter(line -> line.containsKey("line"))).hasSize(LogSearch.MOST_MATCHES);
        assertThat(found.getLast()).isEqualTo(Map.of("done", true, "matches", 200_000L, "lines", 200_000L));
    }

    @Test
    void search_logOfSeveralBuffers_missesNothing() throws IOException {
        String block = "y".repeat(99_990) + "needle\n";
        String log = block.repeat(40) + "z".repeat(2_500_000) + "\nneedle";

        List<Map<?, ?>> found = search(log, "needle", false, true);

        assertThat(found.getLast()).isEqualTo(Map.of("done", true, "matches", 41L, "lines", 42L));
        assertThat(found.get(39).get("at")).isEqualTo(39L * block.length() + 99_990);
        assertThat(found.get(39).get("line")).isEqualTo(40L);
    }

    @ParameterizedTest
    @CsvSource({"needle, false, true", "NEEDLE, false, false", "ne+dle, true, true", "größe, false, false"})
    void search_matchAcrossTheBordersOfParts_isFoundOnce(String text, boolean isExpression, boolean isExact)
            throws IOException {
        String found = text.equals("größe") ? "Größe" : "needle";
        String log = "z".repeat(PART - 3) + found + "z".repeat(PART - found.length()) + found + "z".repeat(PART);

        List<Map<?, ?>> matches = search(log, text, isExpression, isExact);

        assertThat(matches.getLast()).isEqualTo(Map.of("done", true, "matches", 2L, "lines", 1L));
        assertThat(matches.getFirst().get("at")).isEqualTo(PART - 3L);
        assertThat(matches.getFirst().get("text")).asString().contains("z" + found + "z");
    }

    @Test
    void search_matchesWithoutAGapInALongLine_doNotOverlap() throws IOException {
        assertThat(search("a".repeat(3 * PART + 1), "aaa", false, true).getLast())
                .isEqualTo(Map.of("done", true, "matches", (long) PART, "lines", 1L));
    }

    @Test
    void search_beginAndEndOfALongLine_areThoseOfTheLineAlone() throws IOException {
        String log = "z".repeat(2 * PART + 17) + "\nz\n";

        assertThat(search(log, "^z", true, true).getLast().get("matches")).isEqualTo(2L);
        assertThat(search(log, "z$", true, true).getLast().get("matches")).isEqualTo(2L);
        assertThat(search(log, "z\\b", true, true).getLast().get("matches")).isEqualTo(2L);
    }

    @Test
    void search_expressionBehindBytesThatAreNoText_findsItsByte() throws IOException {
        byte[] log = new byte[300];
        Arrays.fill(log, (byte) 0xff);
        log[0] = (byte) 0xe2; // the beginning of a character of three bytes
        log[1] = (byte) 0x82;
        System.arraycopy("loss".getBytes(StandardCharsets.UTF_8), 0, log, 290, 4);

        assertThat(search(log, "lo+s", true, false).getFirst().get("at")).isEqualTo(290L);
    }

    @Test
    void search_expressionThatNeedsTooLong_ends() throws IOException {
        List<Map<?, ?>> found = search("no space left on device ".repeat(20) + "\n", "((.*)*)*ZZ", true, true);

        assertThat(found).hasSize(1);
        assertThat(found.getFirst().get("problem")).asString().contains("needs too much time");
        assertThat(ended).hasValue(1);
    }

    @Test
    void of_wrongExpression_isRefused() {
        assertThatThrownBy(() -> LineMatcher.of("(a", true, true))
                .isInstanceOf(HttpProblem.class)
                .hasMessageContaining("Cannot search: the expression is wrong");
    }

    private List<Map<?, ?>> search(String log, String text, boolean isExpression, boolean isExact) throws IOException {
        return search(log.getBytes(StandardCharsets.UTF_8), text, isExpression, isExact);
    }

    private List<Map<?, ?>> search(byte[] log, String text, boolean isExpression, boolean isExact) throws IOException {
        Path file = Files.write(folder.resolve("log"), log);
        RequestedLog requested = new RequestedLog(1, "out", file, false);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (LogSearch search =
                new LogSearch(requested, LineMatcher.of(text, isExpression, isExact), ended::incrementAndGet)) {
            search.writeTo(out);
        }
        return out.toString(StandardCharsets.UTF_8)
                .lines()
                .<Map<?, ?>>map(line -> (Map<?, ?>) Json.parse(line))
                .filter(line -> !line.containsKey("read"))
                .toList();
    }
}
