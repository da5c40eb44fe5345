package org.experimaestro.base.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearNameTest {
    private static final List<String> KEYS = List.of("epochs", "n_layers", "lr", "weight_decay", "optimizer", "x");

    @ParameterizedTest
    @CsvSource({
        "n_layer, n_layers",
        "nlayers, n_layers",
        "N-LAYERS, n_layers",
        "epcohs, epochs",
        "optimiser, optimizer",
        "rl, lr",
        "wieght_deacy, weight_decay",
        "y, ''",
        "batch, ''",
        "'', ''",
        "layers_of_the_model, ''"
    })
    void find_givesTheNameThatIsMeant(String mistyped, String expected) {
        assertThat(NearName.find(mistyped, KEYS).orElse("")).isEqualTo(expected);
    }

    @Test
    void near_textOfAFile_isNearToNothing() {
        assertThat(NearName.near("\u0130".repeat(1_000_000), List.of("cuda", "mps"), 2))
                .isEmpty();
    }

    @Test
    void near_ordersByDistanceThenByTheGivenOrder() {
        assertThat(NearName.near("debug", List.of("debut2", "debut", "debub", "debug2"), 3))
                .containsExactly("debut", "debub", "debug2");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    epcohs | did you mean "epochs"?
                    alphs  | did you mean "alpha"?
                    bets   | did you mean "beta" or "bets2"?
                    gam    | did you mean "gam\\u0007"?
                    batch  | ``
                    """)
    void advice_asksForTheNearestNames(String mistyped, String expected) {
        List<String> known = List.of("epochs", "alpha", "alpha2", "beta", "bets2", "bet2", "gam\u0007");

        assertThat(NearName.advice(mistyped, known).orElse("")).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"'', '', 0", "abc, abc, 0", "'', abc, 3", "abc, acb, 1", "ca, abc, 3", "kitten, sitting, 3", "a, A, 1"})
    void distance_isTheOptimalStringAlignment(String left, String right, int distance) {
        assertThat(NearName.distance(left, right)).isEqualTo(distance);
    }

    @Test
    void distance_ofRandomTexts_equalsTheRecursiveDefinition() {
        var random = new Random(20260101);
        for (int i = 0; i < 500; i++) {
            String left = text(random);
            String right = text(random);
            assertThat(NearName.distance(left, right))
                    .as("%s, %s", left, right)
                    .isEqualTo(byDefinition(left, right))
                    .isEqualTo(NearName.distance(right, left));
        }
    }

    private static String text(Random random) {
        return random.ints(random.nextInt(7), 'a', 'd')
                .collect(StringBuilder::new, (text, letter) -> text.append((char) letter), StringBuilder::append)
                .toString();
    }

    private static int byDefinition(String left, String right) {
        if (left.isEmpty() || right.isEmpty()) {
            return Math.max(left.length(), right.length());
        }
        int i = left.length() - 1;
        int j = right.length() - 1;
        String leftRest = left.substring(0, i);
        String rightRest = right.substring(0, j);
        int best = byDefinition(leftRest, rightRest) + (left.charAt(i) == right.charAt(j) ? 0 : 1);
        best = Math.min(best, byDefinition(leftRest, right) + 1);
        best = Math.min(best, byDefinition(left, rightRest) + 1);
        boolean isSwapped =
                i > 0 && j > 0 && left.charAt(i) == right.charAt(j - 1) && left.charAt(i - 1) == right.charAt(j);
        return isSwapped ? Math.min(best, byDefinition(left.substring(0, i - 1), right.substring(0, j - 1)) + 1) : best;
    }
}
