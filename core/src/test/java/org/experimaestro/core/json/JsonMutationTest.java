package org.experimaestro.core.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Every mutated document is read as Jackson reads it, or refused with a {@link JsonException}. */
class JsonMutationTest {
    private static final byte[] SAMPLE = """
            {
              "format": 1, "type": "tutorial.learn", "é€😀": "\\u00e9\\ud83d\\ude00\\n\\"\\\\\\/",
              "numbers": [0, -1, 12.50, 1e5, -2.5E-3, 9223372036854775807, 123456789012345678901],
              "words": [true, false, null, [], {}, [[1], {"a": {"b": "ü"}}]],
              "a": 3
            }
            """.getBytes(UTF_8);

    @Test
    void parse_sample_isWhatJacksonReads() {
        assertThat(new JacksonOracle.Accepted(Json.parse(SAMPLE))).isEqualTo(JacksonOracle.parse(SAMPLE));
    }

    @Test
    void parse_everyPrefix_agreesWithJackson() {
        for (int length = 0; length < SAMPLE.length; length++) {
            check(Arrays.copyOf(SAMPLE, length));
        }
    }

    @Test
    void parse_everyChangedByte_agreesWithJackson() {
        int accepted = 0;
        for (int position = 0; position < SAMPLE.length; position++) {
            for (int change = 1; change < 256; change++) {
                byte[] mutant = SAMPLE.clone();
                mutant[position] ^= (byte) change;
                accepted += check(mutant) ? 1 : 0;
            }
        }
        assertThat(accepted).as("mutants that are documents").isGreaterThan(1000);
    }

    @Test
    void parse_everyByteLeftOutOrDoubled_agreesWithJackson() {
        for (int position = 0; position < SAMPLE.length; position++) {
            byte[] shorter = new byte[SAMPLE.length - 1];
            System.arraycopy(SAMPLE, 0, shorter, 0, position);
            System.arraycopy(SAMPLE, position + 1, shorter, position, shorter.length - position);
            check(shorter);

            byte[] longer = new byte[SAMPLE.length + 1];
            System.arraycopy(SAMPLE, 0, longer, 0, position + 1);
            System.arraycopy(SAMPLE, position, longer, position + 1, SAMPLE.length - position);
            check(longer);
        }
    }

    private static boolean check(byte[] document) {
        var expected = JacksonOracle.parse(document);
        Object value;
        try {
            value = Json.parse(document);
        } catch (JsonException e) {
            if (e.line() < 1 || e.column() < 1) {
                fail("no position in " + e.getMessage() + show(document));
            }
            if (expected instanceof JacksonOracle.Accepted && !isRefusedByUsOnly(e)) {
                fail("Jackson reads what we refuse with " + e.getMessage() + show(document));
            }
            return false;
        }
        var actual = new JacksonOracle.Accepted(value);
        if (!actual.equals(expected)) {
            fail("we read " + actual + ", Jackson " + expected + show(document));
        }
        return true;
    }

    private static String show(byte[] document) {
        return ", in\n" + new String(document, UTF_8);
    }

    /**
     * Returns whether only our parser refuses it. Jackson reads an escaped surrogate without its pair, and infinity
     * for a number that is too large.
     */
    private static boolean isRefusedByUsOnly(JsonException refusal) {
        return refusal.problem().contains("surrogate") || refusal.problem().contains("range of a double");
    }
}
