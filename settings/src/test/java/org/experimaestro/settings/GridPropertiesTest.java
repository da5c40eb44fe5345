package org.experimaestro.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.experimaestro.Default;
import org.experimaestro.Grid;
import org.experimaestro.RandomStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.io.TempDir;

/** Grids of any form: the test makes each from a seed, with the points that it must have. */
class GridPropertiesTest {
    @TempDir
    Path folder;

    TempFiles files;

    @BeforeEach
    void files() {
        files = new TempFiles(folder.toAbsolutePath());
    }

    record Part(@Default("0") int x, @Default("0") int y) {}

    record Whole(
            @Default("0") int a,
            @Default("0") int b,
            @Default("{}") Part part,
            @Default("0") int c) {}

    record Settings(Grid<Whole> grid) {}

    /** The text of a value, and what it must become. */
    private record Written(String text, List<Integer> values) {}

    private static Written axis(RandomStream random) {
        int from = random.nextInt(100);
        int count = 1 + random.nextInt(4);
        List<Integer> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(from + i);
        }
        return switch (random.nextInt(3)) {
            case 0 -> new Written("{choose: " + values + "}", values);
            case 1 -> new Written("{range: [" + from + ", " + (from + count - 1) + "]}", values);
            default -> new Written(String.valueOf(from), List.of(from));
        };
    }

    @RepeatedTest(100)
    void grid_anyProductUnionAndZip_hasThePointsOfLoops(RepetitionInfo repetition) {
        RandomStream random = RandomStream.of(repetition.getCurrentRepetition(), "grids");
        Written a = axis(random);
        Written x = axis(random);
        Written c = axis(random);
        Written second = axis(random);
        List<Integer> zipped = c.values().stream().map(value -> -value).toList();
        String yaml = """
                grid:
                  zip: {c: %s, b: %s}
                  union:
                    - {a: %s, part: {x: %s}}
                    - {part: {y: {choose: [{choose: %s}]}}}
                """.formatted(c.values(), zipped, a.text(), x.text(), second.values());
        List<Whole> expected = new ArrayList<>();
        for (int first : a.values()) {
            for (int step = 0; step < zipped.size(); step++) {
                for (int inner : x.values()) {
                    expected.add(new Whole(
                            first,
                            zipped.get(step),
                            new Part(inner, 0),
                            c.values().get(step)));
                }
            }
        }
        for (int step = 0; step < zipped.size(); step++) {
            for (int inner : second.values()) {
                expected.add(new Whole(
                        0, zipped.get(step), new Part(0, inner), c.values().get(step)));
            }
        }

        BoundSettings<Settings> bound = files.debug(yaml).bind(Settings.class, OptionalInt.of(expected.size()));

        List<Whole> points =
                bound.value().grid().points().stream().map(Grid.Point::value).toList();
        assertThat(points).isEqualTo(expected.stream().distinct().toList());
        assertThat(bound.grids().getFirst())
                .contains(GridNode.shown(BigInteger.valueOf(expected.size()))
                        + (expected.size() == 1 ? " point" : " points"));
        Set<Object> tags = new HashSet<>();
        bound.value().grid().forEach(point -> tags.add(point.tags()));
        assertThat(tags).hasSameSizeAs(points);
    }
}
