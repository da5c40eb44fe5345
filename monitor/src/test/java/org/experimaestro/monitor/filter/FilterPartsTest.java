package org.experimaestro.monitor.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.experimaestro.WorkspaceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Filters without parts of them, and the places of mistakes. */
class FilterPartsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "state=failed and k1=1|k1=1",
                "state=failed|''",
                "not state=done|''",
                "k1=1 and (state=failed or b=2)|k1=1 and b=2",
                "(state=failed or state=done) and not (k1=1 and state=new)|not k1=1",
                "tag.state=odd|tag.state=odd",
            })
    void withoutStates_anyFilter_keepsTheOtherTests(String text, String rest) {
        assertThat(Filter.parse(text).withoutStates()).hasToString(rest);
    }

    @Test
    void relaxed_conjunction_dropsOneConditionEach() {
        assertThat(Filter.parse("k1=1 and (b=2 or b=3) und").relaxed())
                .extracting(relaxed -> relaxed.dropped() + " → " + relaxed.rest())
                .containsExactly(
                        "k1=1 → (b=2 or b=3) and und", "b=2 or b=3 → k1=1 and und", "und → k1=1 and (b=2 or b=3)");
        assertThat(Filter.ALL.relaxed()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"age<2h, true", "k1=1 or note~x, true", "run.tag.a=1, true", "state=done, false", "run=grid, false"})
    void isVolatile_filter_isThatOfItsNames(String text, boolean isVolatile) {
        assertThat(Filter.parse(text).isVolatile()).isEqualTo(isVolatile);
    }

    @Test
    void ofPart_signsOfPatterns_areFoundAsTheyAre() {
        Filter filter = Filter.ofPart(JobField.ERROR, "f(x) [1.5] \\ $");

        assertThat(filter).hasToString("error~'f\\(x\\) \\[1\\.5\\] \\\\ \\$'");
        assertThat(Filter.parse(filter.toString())).isEqualTo(filter);
        assertThat(PatternSearch.isFound(
                        Pattern.compile(PatternSearch.escaped("f(x) [1.5] \\ $")), "no f(x) [1.5] \\ $ here"))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "state=fialed|6|6|\"fialed\"",
                "k1=1 and|8|0|expected a condition",
                "state='no such' or k1=1|6|9|no such",
                "(k1=1|0|1|not closed",
                "k1=1,b=2|6|1|found \"=2\"",
            })
    void parse_mistake_hasItsPlace(String text, int at, int length, String problem) {
        assertThatThrownBy(() -> Filter.parse(text, Map.of()))
                .isInstanceOfSatisfying(WorkspaceException.class, refused -> {
                    FilterMistake mistake = FilterMistake.find(refused).orElseThrow();
                    assertThat(List.of(mistake.at(), mistake.length())).containsExactly(at, length);
                    assertThat(mistake.text()).isEqualTo(text);
                    assertThat(mistake.problem()).contains(problem).doesNotContain("\n");
                });
    }
}
