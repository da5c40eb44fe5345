package org.experimaestro.model.type;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.experimaestro.generated.Parameter;
import org.experimaestro.generated.ValueType;
import org.junit.jupiter.api.Test;

class ValueCheckTest {
    private static final double NO_LIMIT = Double.POSITIVE_INFINITY;

    @Test
    void problem_numberOutOfRange_saysTheRange() {
        Parameter between = Parameter.of("x", ValueType.DOUBLE).withRange(0, 0.5);
        assertThat(ValueCheck.problem(between, 0.5)).isEmpty();
        assertThat(ValueCheck.problem(between, 0.6)).hasValue("x is 0.6, not between 0 and 0.5");
        assertThat(ValueCheck.problem(between, Double.NaN)).hasValue("x is NaN, not between 0 and 0.5");
        Parameter atLeast = Parameter.of("x", ValueType.INT).withRange(1, NO_LIMIT);
        assertThat(ValueCheck.problem(atLeast, 0)).hasValue("x is 0, not at least 1");
        Parameter atMost = Parameter.of("x", ValueType.INT).withRange(-NO_LIMIT, 1);
        assertThat(ValueCheck.problem(atMost, 2)).hasValue("x is 2, not at most 1");
    }

    @Test
    void problem_floatAtALimitThatIsNoFloat_isNone() {
        Parameter parameter = Parameter.of("x", ValueType.FLOAT).withRange(0.3, 0.1 + 0.6);
        assertThat(ValueCheck.problem(parameter, 0.3f)).isEmpty();
        assertThat(ValueCheck.problem(parameter, 0.7f)).isEmpty();
        assertThat(ValueCheck.problem(parameter, 0.70001f)).isPresent();
    }

    @Test
    void problem_valueThatIsNoChoice_saysTheChoices() {
        Parameter texts = Parameter.of("x", ValueType.STRING).withChoices("a", "b");
        assertThat(ValueCheck.problem(texts, "b")).isEmpty();
        assertThat(ValueCheck.problem(texts, "c")).hasValue("x is c, not one of a, b");
    }

    @Test
    void problem_numberWrittenOtherwiseThanTheChoice_isNone() {
        Parameter doubles = Parameter.of("x", ValueType.DOUBLE).withChoices("1e-3", "-0.0", "NaN");
        assertThat(ValueCheck.problem(doubles, 0.001)).isEmpty();
        assertThat(ValueCheck.problem(doubles, 0.0)).isEmpty();
        assertThat(ValueCheck.problem(doubles, Double.NaN)).isEmpty();
        Parameter floats = Parameter.of("x", ValueType.FLOAT).withChoices("1e-1");
        assertThat(ValueCheck.problem(floats, 0.1f)).isEmpty();
        Parameter longs = Parameter.of("x", ValueType.LONG).withChoices("9007199254740993");
        assertThat(ValueCheck.problem(longs, 9007199254740993L)).isEmpty();
        assertThat(ValueCheck.problem(longs, 9007199254740992L)).isPresent();
    }

    @Test
    void problem_collections_areCheckedElementByElement() {
        Parameter list = Parameter.of("x", ValueType.list(ValueType.INT)).withRange(0, 9);
        assertThat(ValueCheck.problem(list, List.of(1, 10))).hasValue("x is 10, not between 0 and 9");
        Parameter map =
                Parameter.of("x", ValueType.map(ValueType.INT, ValueType.INT)).withRange(0, 9);
        assertThat(ValueCheck.problem(map, Map.of(99, 9))).isEmpty();
        assertThat(ValueCheck.problem(map, Map.of(9, 99))).hasValue("x is 99, not between 0 and 9");
    }

    @Test
    void problem_absentOrUnlimited_isNone() {
        assertThat(ValueCheck.problem(Parameter.of("x", ValueType.INT), 5)).isEmpty();
        assertThat(ValueCheck.problem(
                        Parameter.of("x", ValueType.optional(ValueType.INT)).withRange(0, 1), null))
                .isEmpty();
    }
}
