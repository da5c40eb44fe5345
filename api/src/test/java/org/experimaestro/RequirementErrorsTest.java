package org.experimaestro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The messages of {@code errors.golden}: wrong texts, each line after {@code "> "}, followed by their messages, up to
 * an empty line. With {@code -Dgolden.update=true} the messages are made anew.
 */
class RequirementErrorsTest {
    private static final Path GOLDEN = Path.of("src/test/resources/org/experimaestro/requirement-errors.golden");
    private static final String TEXT = "> ";

    private record Case(String text, String message) {

        String asLines() {
            return TEXT + text.replace("\n", "\n" + TEXT) + "\n" + message + "\n\n";
        }
    }

    @Test
    void parse_wrongTexts_saysWhatTheGoldenFileHas() throws IOException {
        List<Case> expected = cases();
        List<Case> actual = expected.stream()
                .map(each -> new Case(each.text, message(each.text)))
                .toList();
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(
                    GOLDEN, String.join("", actual.stream().map(Case::asLines).toList()));
        } else {
            assertThat(actual).containsExactlyElementsOf(expected);
        }
        assertThat(expected).hasSizeGreaterThan(60);
    }

    @Test
    void parse_wrongTextInAPlan_namesItsLineAndGivesAdvice() {
        LaunchException error =
                catchThrowableOfType(LaunchException.class, () -> Requirement.parse("cudda", "debug.yaml:4"));

        assertThat(error.location()).hasValue("debug.yaml:4");
        assertThat(error.advice()).hasValue("did you mean \"cuda\"?");
        assertThat(error).hasMessageStartingWith("debug.yaml:4: Cannot read the requirement:\n  cudda\n  ^ found ");
    }

    @Test
    void parse_textOfProblemsOnly_tellsTheFirstOfThem() {
        String message = message("x" + " & x".repeat(9_999));

        assertThat(message.substring(message.lastIndexOf('\n'))).isEqualTo("\n  and 9980 more problems");
        assertThat(message.lines().filter(line -> line.contains("^ found "))).hasSize(20);
    }

    private static String message(String text) {
        LaunchException error = catchThrowableOfType(LaunchException.class, () -> Requirement.parse(text, null));
        assertThat(error).as(text).isNotNull();
        return String.valueOf(error.getMessage());
    }

    private static List<Case> cases() throws IOException {
        List<Case> cases = new ArrayList<>();
        List<String> text = new ArrayList<>();
        List<String> message = new ArrayList<>();
        for (String line : Files.readAllLines(GOLDEN)) {
            if (line.startsWith(TEXT.strip())) {
                text.add(line.length() > TEXT.length() ? line.substring(TEXT.length()) : "");
            } else if (!line.isEmpty()) {
                message.add(line);
            } else if (!text.isEmpty()) {
                cases.add(new Case(String.join("\n", text), String.join("\n", message)));
                text.clear();
                message.clear();
            }
        }
        return cases;
    }
}
