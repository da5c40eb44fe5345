package org.experimaestro.monitor.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A map of shared names is like a map of its own names, whatever is in it. */
class NamedValuesTest {
    private static final List<Object> VALUES = List.of("x", "", 1L, 1.0, 0.0, -0.0, Double.NaN, true, List.of(1L, "a"));

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void of_anyValues_isAsALinkedHashMap(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 50; i++) {
            List<String> names = names(random);
            Map<String, Object> expected = new LinkedHashMap<>();
            names.forEach(name -> expected.put(name, VALUES.get(random.nextInt(VALUES.size()))));

            requireSame(NamedValues.of(names, expected.values().toArray()), expected);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void of_anyNumbers_isAsALinkedHashMap(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 50; i++) {
            List<String> names = names(random);
            Map<String, Double> expected = new LinkedHashMap<>();
            names.forEach(name -> expected.put(name, number(random)));
            double[] numbers =
                    expected.values().stream().mapToDouble(Double::doubleValue).toArray();

            requireSame(NamedValues.of(names, numbers), expected);
        }
    }

    /** A name is looked for in a list of few names, but not in one of many. */
    @Test
    void of_manyNames_hasPlacesForThem() {
        List<String> names =
                IntStream.range(0, 1_000).mapToObj(number -> "name" + number).toList();
        double[] numbers = IntStream.range(0, 1_000).asDoubleStream().toArray();
        Map<String, Double> expected = new LinkedHashMap<>();
        names.forEach(name -> expected.put(name, (double) expected.size()));

        requireSame(NamedValues.of(names, numbers), expected);
        assertThat(NamedValues.of(names, numbers)).isNotInstanceOf(NamedValues.class);
    }

    /** Returns some of ten names in any order. */
    private static List<String> names(Random random) {
        List<String> names = new ArrayList<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            String name = "n" + random.nextInt(10);
            if (!names.contains(name)) {
                names.add(name);
            }
        }
        return List.copyOf(names);
    }

    private static double number(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> Double.NaN;
            case 1 -> -0.0;
            case 2 -> Double.NEGATIVE_INFINITY;
            default -> random.nextDouble();
        };
    }

    private static <V> void requireSame(Map<String, V> map, Map<String, V> expected) {
        assertThat(map.equals(expected)).isTrue();
        assertThat(expected.equals(map)).isTrue();
        assertThat(map).hasToString(expected.toString()).hasSameHashCodeAs(expected);
        assertThat(List.copyOf(map.entrySet())).isEqualTo(List.copyOf(expected.entrySet()));
        assertThat(List.copyOf(map.keySet())).isEqualTo(List.copyOf(expected.keySet()));
        assertThat(List.copyOf(map.values())).isEqualTo(List.copyOf(expected.values()));
        List<Object> visited = new ArrayList<>();
        map.forEach((name, value) -> visited.add(Map.entry(name, value)));
        assertThat(visited).isEqualTo(List.copyOf(expected.entrySet()));
        assertThat(map.size()).isEqualTo(expected.size());
        for (int i = 0; i < 10; i++) {
            String name = "n" + i;
            assertThat(map.get(name)).isEqualTo(expected.get(name));
            assertThat(map.containsKey(name)).isEqualTo(expected.containsKey(name));
            assertThat(map.entrySet().contains(Map.entry(name, 1L)))
                    .isEqualTo(expected.entrySet().contains(Map.entry(name, 1L)));
        }
        assertThat(map.get(null)).isNull();
        assertThat(map.containsKey(null)).isFalse();
        Iterator<Map.Entry<String, V>> entries = map.entrySet().iterator();
        for (int i = 0; i < expected.size(); i++) {
            entries.next();
        }
        assertThatThrownBy(entries::next).isInstanceOf(NoSuchElementException.class);
        if (!expected.isEmpty()) {
            assertThatThrownBy(map::clear).isInstanceOf(UnsupportedOperationException.class);
        }
    }
}
