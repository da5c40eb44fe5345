package org.experimaestro.launcher.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.experimaestro.spi.BatchStatus.End;
import org.junit.jupiter.api.Test;

/** The tables of docs/launchers-slurm.md are those of the code; {@code -Dgolden.update=true} writes them anew. */
class SlurmPageTest {
    private static final Path PAGE = Path.of("../docs/launchers-slurm.md");

    @Test
    void page_optionsStatesAndReasons_areThoseOfTheCode() throws IOException {
        String page = Files.readString(PAGE);

        String expected = with(page, "options", options());
        expected = with(expected, "states", states());
        expected = with(
                expected,
                "reasons",
                List.of(String.join(
                        ", ",
                        SlurmReasons.stuck().stream()
                                .map(reason -> "`" + reason + "`")
                                .toList())));
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(PAGE, expected);
            page = expected;
        }

        assertThat(page).isEqualTo(expected);
    }

    private static List<String> options() {
        List<String> lines = new ArrayList<>(List.of("| Option | Meaning | Form |", "|---|---|---|"));
        for (SlurmOption option : SlurmOption.values()) {
            lines.add("| `%s` | %s | %s |"
                    .formatted(
                            option.key(),
                            option.meaning().replace("|", "\\|"),
                            option.form().description()));
        }
        return lines;
    }

    private static List<String> states() {
        List<String> lines = new ArrayList<>(List.of("| State | A job in it |", "|---|---|"));
        Arrays.stream(SlurmStates.values()).map(SlurmPageTest::line).forEach(lines::add);
        return lines;
    }

    private static String line(SlurmStates state) {
        String meaning = state.end()
                .map(SlurmPageTest::ended)
                .orElseGet(() -> "is " + state.phase().name().toLowerCase(Locale.ROOT));
        return "| `" + state + "` | " + meaning + " |";
    }

    private static String ended(End end) {
        return switch (end) {
            case COMPLETED -> "has ended well";
            case FAILED -> "has failed";
            case TIME_LIMIT -> "was ended at a time limit";
            case MEMORY_LIMIT -> "was ended for its memory";
            case NODE_FAILURE -> "has lost its node";
            case PREEMPTED -> "had to make room";
            case CANCELLED -> "was cancelled";
            case REFUSED -> "could not be started";
        };
    }

    /** Returns the page with other lines between two marks. */
    private static String with(String page, String mark, List<String> lines) {
        String begin = "<!-- " + mark + " -->\n";
        int from = page.indexOf(begin) + begin.length();
        int to = page.indexOf("<!-- end -->", from);
        assertThat(from).as(mark).isGreaterThan(begin.length());
        assertThat(to).as(mark).isPositive();
        return page.substring(0, from) + String.join("\n", lines) + "\n" + page.substring(to);
    }
}
