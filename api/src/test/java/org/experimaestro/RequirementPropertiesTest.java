package org.experimaestro;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Properties of every requirement, tried with many generated ones. */
class RequirementPropertiesTest {
    private static final int ROUNDS = 1_000;
    private static final List<String> SIZES =
            List.of("1B", "999B", "1K", "1KiB", "400M", "1.5G", "16G", "16GiB", "3T", "1TiB", "9223372036854775807B");
    private static final List<String> TIMES =
            List.of("1 s", "90 s", "0.000000001 s", "59.5 s", "1 min", "1 h 30 min", "1.5 h", "2 days", "3 weeks 1 s");
    private static final List<String> SPACES = List.of("", "", " ", "  ", "\n", "\t", " \r\n ");
    private static final List<String> SCRAPS = List.of(
            "cuda",
            "(",
            ")",
            "mem",
            "=",
            "16",
            "G",
            ",",
            "&",
            "|",
            "*",
            "4",
            "cpu",
            "cores",
            "duration",
            "2",
            "days",
            "jdk",
            "17",
            "heap",
            "feature",
            "exclusive",
            " ",
            "x",
            ".",
            "-",
            "\n",
            "\u0000",
            "é");

    @Test
    void parse_printedRequirement_isEqual() {
        var random = new Random(31);
        for (int i = 0; i < ROUNDS; i++) {
            Requirement requirement = requirement(random);

            assertThat(Requirement.parse(requirement.toString()))
                    .as("%s", requirement)
                    .isEqualTo(requirement);
        }
    }

    @Test
    void parse_shuffledItemsAndOtherSpace_isEqual() {
        var random = new Random(32);
        for (int i = 0; i < ROUNDS; i++) {
            Requirement requirement = requirement(random);
            List<String> alternatives = new ArrayList<>();
            for (String alternative : requirement.toString().split(" \\| ")) {
                List<String> items = new ArrayList<>(List.of(alternative.split(" & ")));
                Collections.shuffle(items, random);
                alternatives.add(String.join("&", items));
            }
            String text = respaced(String.join("|", alternatives), random);

            assertThat(Requirement.parse(text)).as(text).isEqualTo(requirement);
        }
    }

    /** No text makes the parser fail in another way, or loop forever. */
    @Test
    void parse_scrapsOfTexts_areReadOrRefused() {
        var random = new Random(33);
        int read = 0;
        for (int i = 0; i < 10 * ROUNDS; i++) {
            var text = new StringBuilder();
            for (int n = random.nextInt(12); n >= 0; n--) {
                text.append(any(SCRAPS, random));
            }
            try {
                Requirement requirement = Requirement.parse(text.toString(), null);
                assertThat(Requirement.parse(requirement.toString())).isEqualTo(requirement);
                read++;
            } catch (LaunchException refused) {
                assertThat(refused.getMessage()).startsWith("Cannot read the requirement");
            }
        }
        assertThat(read).isPositive();
    }

    private static Requirement requirement(Random random) {
        Requirement requirement = alternative(random);
        for (int n = random.nextInt(3); n > 0; n--) {
            requirement = requirement.or(alternative(random));
        }
        return requirement;
    }

    private static Requirement alternative(Random random) {
        Requirement requirement = item(random, random.nextInt(12));
        for (int kind = 0; kind < 12; kind++) {
            if (random.nextInt(3) == 0) {
                requirement = requirement.and(item(random, kind));
            }
        }
        return requirement;
    }

    private static Requirement item(Random random, int kind) {
        return switch (kind) {
            case 0 -> Requirement.duration(any(TIMES, random));
            case 1 -> Requirement.duration(Duration.ofNanos(1 + (random.nextLong() >>> 1 + random.nextInt(62))));
            case 2 -> Requirement.cores(1 + random.nextInt(1 + random.nextInt(100)));
            // The largest possible heap fits.
            case 3 -> Requirement.cpu(1 + random.nextInt(8), any(SIZES.subList(4, SIZES.size()), random));
            case 4 -> Requirement.cuda(any(SIZES, random)).times(1 + random.nextInt(4));
            case 5 -> Requirement.mps(any(SIZES, random)).times(1 + random.nextInt(4));
            case 6 -> Requirement.gpu(any(SIZES, random));
            case 7 -> Requirement.gpu().times(1 + random.nextInt(20));
            case 8 -> Requirement.heap(any(SIZES.subList(0, 5), random));
            case 9 -> Requirement.jdk(21);
            case 10 -> Requirement.exclusive();
            default -> Requirement.feature(any(List.of("a", "80gb", "v100-32g", "_", "-.-", "cuda"), random));
        };
    }

    /** Adds other white space at all places that allow it: beside the symbols. */
    private static String respaced(String text, Random random) {
        var respaced = new StringBuilder(any(SPACES, random));
        for (char character : text.toCharArray()) {
            if ("&|*(),=".indexOf(character) >= 0) {
                respaced.append(any(SPACES, random)).append(character).append(any(SPACES, random));
            } else {
                respaced.append(character == ' ' ? any(SPACES, random) : character);
            }
        }
        return respaced.append(any(SPACES, random)).toString();
    }

    private static <T> T any(List<T> values, Random random) {
        return values.get(random.nextInt(values.size()));
    }
}
