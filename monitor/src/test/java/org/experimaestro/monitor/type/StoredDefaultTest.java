package org.experimaestro.monitor.type;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StoredDefaultTest {
    @Test
    void isEqual_sameValueInAnotherForm_isTrue() {
        assertThat(StoredDefault.isEqual("1e-3", "double", 0.001)).contains(true);
        assertThat(StoredDefault.isEqual("-0.0", "Double", 0.0)).contains(true);
        assertThat(StoredDefault.isEqual("NaN", "double", "NaN")).contains(true);
        assertThat(StoredDefault.isEqual("0.1", "float", (double) 0.1f)).contains(true);
        assertThat(StoredDefault.isEqual("1_000", "int", 1000L)).contains(true);
        assertThat(StoredDefault.isEqual("0x10", "Optional<Long>", 16L)).contains(true);
        assertThat(StoredDefault.isEqual("5 min", "Duration", "PT5M")).contains(true);
        assertThat(StoredDefault.isEqual("a", "char", "a")).contains(true);
        assertThat(StoredDefault.isEqual("RED", "Color", "RED")).contains(true);
        assertThat(StoredDefault.isEqual("true", "boolean", true)).contains(true);
        assertThat(StoredDefault.isEqual("[1, 2]", "List<Double>", List.of(1.0, 2.0)))
                .contains(true);
        assertThat(StoredDefault.isEqual("[\"b\", \"a\"]", "Set<String>", List.of("a", "b")))
                .contains(true);
        assertThat(StoredDefault.isEqual(
                        "{\"a\": [\"1 h\"]}", "Map<String, List<Duration>>", Map.of("a", List.of("PT1H"))))
                .contains(true);
    }

    @Test
    void isEqual_otherValue_isFalse() {
        assertThat(StoredDefault.isEqual("1e-3", "double", 0.002)).contains(false);
        assertThat(StoredDefault.isEqual("2", "int", 3L)).contains(false);
        assertThat(StoredDefault.isEqual("[1, 2]", "List<Integer>", List.of(2L, 1L)))
                .contains(false);
        assertThat(StoredDefault.isEqual("3", "Optional<Integer>", null)).contains(false);
    }

    @Test
    void isEqual_path_isTrueIfItIsAbsoluteAndTheSame_andARelativeOneCounts() {
        assertThat(StoredDefault.isEqual("/srv/a/../data", "Path", "/srv/data")).contains(true);
        assertThat(StoredDefault.isEqual("/srv/data", "Path", "/srv/other")).contains(false);
        assertThat(StoredDefault.isEqual("data", "Path", "/somewhere/data")).contains(false);
        assertThat(StoredDefault.isEqual("{\"RED\": \"/a\"}", "Map<Color, Path>", Map.of("RED", "/a")))
                .contains(true);
        assertThat(StoredDefault.isEqual("{\"RED\": \"a\"}", "Map<Color, Path>", Map.of("RED", "/plan/a")))
                .contains(false);
        assertThat(StoredDefault.isEqual("[\"/a\", \"b\"]", "List<Path>", List.of("/a", "/plan/b")))
                .contains(false);
    }

    /** A default that is written as JSON has it, with spaces and in whatever order sets have, is what is stored. */
    @Test
    void isEqual_anyNumbers_areComparedByValue() {
        Random random = new Random(8);
        for (int i = 0; i < 500; i++) {
            long one = random.nextInt(4) - 1;
            long other = random.nextInt(4) - 1;
            boolean isSame = one == other;
            assertThat(StoredDefault.isEqual(" " + one, "long", other)).contains(isSame);
            assertThat(StoredDefault.isEqual(one + ".0", "double", (double) other))
                    .contains(isSame);
            assertThat(StoredDefault.isEqual("[" + one + ", 7]", "List<Long>", List.of(other, 7L)))
                    .contains(isSame);
            assertThat(StoredDefault.isEqual("[7, " + one + "]", "Set<Integer>", List.of(other, 7L)))
                    .contains(isSame);
            assertThat(StoredDefault.isEqual(
                            "{\"" + one + "\": [true]}",
                            "Map<Long, List<Boolean>>",
                            Map.of(Long.toString(other), List.of(true))))
                    .contains(isSame);
        }
    }

    @Test
    void isEqual_otherType_isNotKnown() {
        assertThat(StoredDefault.isEqual("2", "int", List.of())).isEmpty();
        assertThat(StoredDefault.isEqual("1", "double", List.of())).isEmpty();
        assertThat(StoredDefault.isEqual("null", "List<int>", List.of())).isEmpty();
        for (String name : List.of("Map<String>", "List", "Set<>", "Map<A, B, C>", "Optional<", "Color<int>")) {
            assertThat(StoredDefault.isEqual("[1]", name, List.of(1L))).as(name).isNotNull();
        }
    }
}
