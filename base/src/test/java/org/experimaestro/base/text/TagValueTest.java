package org.experimaestro.base.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.DoubleAdder;
import org.junit.jupiter.api.Test;

class TagValueTest {
    @Test
    void of_wholeNumbers_areOneValueWhateverTheirType() {
        AtomicLong counted = new AtomicLong(5);
        for (Number five : List.of(
                (byte) 5,
                (short) 5,
                5,
                5L,
                BigInteger.valueOf(5),
                counted,
                new AtomicInteger(5),
                new BigDecimal("5.0"))) {
            assertThat(TagValue.of(five)).as(five.getClass().getName()).isEqualTo(5);
        }
        assertThat(TagValue.of(5_000_000_000L)).isEqualTo(5_000_000_000L);
        assertThat(TagValue.of(new BigDecimal("9007199254740993"))).isEqualTo(9007199254740993L);
        BigInteger large = BigInteger.TEN.pow(30);
        assertThat(TagValue.of(large)).isEqualTo(large);
    }

    @Test
    void of_collectionsWithoutAnOrder_areSorted() {
        assertThat(TagValue.of(Set.of("d", "a", "c", "b"))).isEqualTo("[a, b, c, d]");
        assertThat(TagValue.of(new HashMap<>(Map.of("y", 2, "x", 1)).keySet())).isEqualTo("[x, y]");
        assertThat(TagValue.of(Map.of("y", 2, "x", 1, "z", Set.of(2, 1)))).isEqualTo("{x=1, y=2, z=[1, 2]}");
        assertThat(TagValue.of(List.of("b", "a"))).isEqualTo("[b, a]");
        assertThat(TagValue.of(new LinkedHashSet<>(List.of("b", "a")))).isEqualTo("[b, a]");
    }

    @Test
    void of_otherNumbers_areDoublesOfTheSameText() {
        DoubleAdder sum = new DoubleAdder();
        sum.add(0.5);
        assertThat(TagValue.of(0.9f)).isEqualTo(0.9);
        assertThat(TagValue.of(1e10f)).isEqualTo(1e10);
        assertThat(TagValue.of(-0.0)).isEqualTo(0.0);
        assertThat(TagValue.of(sum)).isEqualTo(0.5);
        assertThat(TagValue.of(new BigDecimal("0.10"))).isEqualTo(0.1);
    }

    @Test
    void of_numbersThatNoDoubleIs_areTexts() {
        assertThat(TagValue.of(Double.NaN)).isEqualTo("NaN");
        assertThat(TagValue.of(Float.POSITIVE_INFINITY)).isEqualTo("Infinity");
        assertThat(TagValue.of(Double.NEGATIVE_INFINITY)).isEqualTo("-Infinity");
        assertThat(TagValue.of(new BigDecimal("0.1234567890123456789"))).isEqualTo("0.1234567890123456789");
        assertThat(TagValue.of(new BigDecimal("1E+2147483647"))).isEqualTo("1E+2147483647");
    }

    @Test
    void of_anythingElse_isItsText() {
        assertThat(TagValue.of(true)).isEqualTo(true);
        assertThat(TagValue.of("é")).isEqualTo("é");
        assertThat(TagValue.of('c')).isEqualTo("c");
        assertThat(TagValue.of('\ud800')).isEqualTo("U+d800");
        assertThat(TagValue.of(TimeUnit.DAYS)).isEqualTo("DAYS");
        assertThat(TagValue.of(Path.of("a/b"))).isEqualTo("a/b");
        assertThat(TagValue.of(Duration.ofMinutes(5))).isEqualTo("PT5M");
        assertThat(TagValue.of(URI.create("x:y"))).isEqualTo("x:y");
        assertThat(TagValue.of(Optional.of(0.9f))).isEqualTo("0.9");
        assertThat(TagValue.of(Optional.empty())).isEqualTo("");
        assertThat(TagValue.of(List.of(0.9f, 1e-4, 5L, TimeUnit.DAYS, 'c'))).isEqualTo("[0.9, 1e-4, 5, DAYS, c]");
        assertThat(TagValue.of(Map.of(TimeUnit.DAYS, List.of(0.9f)))).isEqualTo("{DAYS=[0.9]}");
        assertThat(TagValue.of(Arrays.asList(1, null))).isEqualTo("[1, null]");
    }

    @Test
    void of_whatHasNoText_isRefused() {
        assertThatThrownBy(() -> TagValue.of(null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("is null");
        assertThatThrownBy(() -> TagValue.of(new int[] {1}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("is a int[], which has no text of its own");
        assertThatThrownBy(() -> TagValue.of(new Object()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("is a java.lang.Object, which has no text of its own");
        assertThatThrownBy(() -> TagValue.of(List.of("\ud800")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("has half of a surrogate pair, which cannot be stored");
    }

    @Test
    void isSame_numbers_areComparedAsNumbers() {
        assertThat(TagValue.isSame(5, 5.0)).isTrue();
        assertThat(TagValue.isSame(5L, 5)).isTrue();
        assertThat(TagValue.isSame(5, 5.5)).isFalse();
        assertThat(TagValue.isSame("5", 5)).isFalse();
        assertThat(TagValue.isSame("NaN", "NaN")).isTrue();
    }
}
