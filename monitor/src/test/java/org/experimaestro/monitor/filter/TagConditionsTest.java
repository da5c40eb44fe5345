package org.experimaestro.monitor.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TagConditionsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "layers=3                     | {layers=3}",
                "layers=3,lr=1e-4             | {layers=3, lr=1e-4}",
                "layers=3,                    | {layers=3}",
                "k=a=b                        | {k=a=b}",
                "k=                           | {k=}",
                "k=1,k=2                      | {k=2}",
                "k=it \"s\"                   | {k=it \"s\"}",
                "k=0.9 b=0.4                  | {k=0.9 b=0.4}",
                "sizes=[64, 32],n=1           | {sizes=[64, 32], n=1}",
                "p=Point[x=1, y=[2, 3]],n=1   | {p=Point[x=1, y=[2, 3]], n=1}",
                "k={a=1, b=(2, 3)}            | {k={a=1, b=(2, 3)}}",
                "k=x[,n=1                     | {k=x[, n=1}",
                "k=],n=1                      | {k=], n=1}",
                "k=\"a, b\",n=1               | {k=a, b, n=1}",
                "k=\"\",n=1                   | {k=, n=1}",
                "k=\"say \\\"x\\\" \\\\ \\n\" | {k=say \"x\" \\ \\n}",
                "\"a=b,c\"=3                  | {a=b,c=3}",
                "k=\"[\",n=1                  | {k=[, n=1}"
            })
    void parse_tags_areTheirValuesByName(String text, String values) {
        assertThat(TagConditions.parse(text)).hasToString(values);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "foo               | \"foo\" is not NAME=VALUE, such as layers=3 (position 1)",
                "layers=3,foo,k=1  | \"foo\" is not NAME=VALUE, such as layers=3 (position 10)",
                "=3                | \"=3\" is not NAME=VALUE, such as layers=3 (position 1)",
                "a=1,,b=2          | \"\" is not NAME=VALUE, such as layers=3 (position 5)",
                "a=1,b=\"x,c=3     | the quote is not closed that begins at position 7 of a=1,b=\"x,c=3",
                "b=\"x\"y,c=3      | a comma is expected after the closing quote (position 6 of b=\"x\"y,c=3)",
                "\"a\",c=3         | \"\"a\"\" is not NAME=VALUE, such as layers=3 (position 1)"
            })
    void parse_anotherForm_isAnErrorWithItsPosition(String text, String message) {
        assertThatThrownBy(() -> TagConditions.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a,b", "\"", "\\", "\\\"", "a=b", "[1, 2", "]", " ", "x\"y\\z", ",", "{\"a\": [1]}"})
    void parse_quotedText_isThatText(String value) {
        String quoted = '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';

        assertThat(TagConditions.parse("k=" + quoted)).isEqualTo(Map.of("k", value));
        assertThat(TagConditions.parse("n=1,k=" + quoted + ",m=2")).isEqualTo(Map.of("n", "1", "k", value, "m", "2"));
    }

    @Test
    void parse_emptyText_isAnError() {
        assertThatThrownBy(() -> TagConditions.parse("")).hasMessageContaining("\"\" is not NAME=VALUE");
    }
}
