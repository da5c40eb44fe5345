package org.experimaestro.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.experimaestro.Default;
import org.experimaestro.Grid;
import org.experimaestro.PlanException;
import org.experimaestro.Range;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GridSettingsTest {
    @TempDir
    Path folder;

    TempFiles files;

    @BeforeEach
    void files() {
        files = new TempFiles(folder.toAbsolutePath());
    }

    record Model(double k1, @Default("0.75") double b) {}

    record Settings(Grid<Model> models) {}

    enum Method {
        SGD,
        ADAM_W
    }

    record Optimizer(Method method, @Range(min = 0, max = 1) double lr) {
        Optimizer {
            if (method == Method.SGD && lr > 0.5) {
                throw new IllegalArgumentException("lr must be at most 0.5 with SGD, not " + lr);
            }
        }
    }

    record Network(
            @Default("[]") List<Integer> layers,
            Optimizer optimizer,
            @Default("1") long seed,
            Optional<Duration> patience,
            @Default("{}") Map<String, Integer> sizes,
            @Default("relu") String activation,
            @Default("false") boolean bias) {}

    record Deep(Grid<Network> networks) {}

    private BoundSettings<Settings> bound(String models) {
        return files.debug("models:\n" + models.indent(2)).bind(Settings.class, OptionalInt.empty());
    }

    private List<Model> points(String models) {
        return bound(models).value().models().points().stream()
                .map(Grid.Point::value)
                .toList();
    }

    private List<Double> k1(String form) {
        return points("k1: " + form).stream().map(Model::k1).toList();
    }

    private Grid<Network> networks(String networks) {
        return files.debug("networks:\n" + networks.indent(2)).bind(Deep.class).networks();
    }

    @Test
    void product_ofTwoComponents_variesTheLastFastest() {
        // The order is that of the record, not of the file.
        String models = "b: {choose: [0.4, 0.75]}\nk1: {choose: [0.9, 1.2]}\n";

        BoundSettings<Settings> bound = bound(models);

        assertThat(bound.value().models())
                .isEqualTo(
                        Grid.of(new Model(0.9, 0.4), new Model(0.9, 0.75), new Model(1.2, 0.4), new Model(1.2, 0.75)));
        assertThat(bound.grids()).containsExactly("Grid models: 2 × 2 = 4 points");
        assertThat(bound.warnings()).isEmpty();
    }

    @Test
    void tags_ofPoints_areWhatVaries() {
        List<Grid.Point<Model>> points = bound("{k1: {choose: [0.9, 1.2]}, b: {choose: [0.4]}}")
                .value()
                .models()
                .points();

        assertThat(points).extracting(Grid.Point::tags).containsExactly(Map.of("k1", 0.9), Map.of("k1", 1.2));
        assertThat(bound("k1: 1").value().models().points().getFirst().tags()).isEmpty();
    }

    @Test
    void range_decimalSteps_isExact() {
        assertThat(k1("{range: [0.1, 0.9, 0.1]}")).containsExactly(0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9);
        assertThat(k1("{range: [0, 1, 0.3]}")).containsExactly(0.0, 0.3, 0.6, 0.9);
        assertThat(k1("{range: [3, 1, -1]}")).containsExactly(3.0, 2.0, 1.0);
        assertThat(k1("{range: [2, 2]}")).containsExactly(2.0);
        assertThat(k1("{range: [1e-3, 2e-3, 5e-4]}")).containsExactly(0.001, 0.0015, 0.002);
    }

    @Test
    void geometric_ends_areExactAndTheOthersHaveSixDigits() {
        assertThat(k1("{geometric: [1e-4, 1e-1, 4]}")).containsExactly(1e-4, 1e-3, 1e-2, 1e-1);
        assertThat(k1("{geometric: [1, 2, 3]}")).containsExactly(1.0, 1.41421, 2.0);
        assertThat(networks("{optimizer: {method: sgd, lr: 0.1}, seed: {geometric: [1, 16, 5]}}")
                        .points())
                .extracting(point -> point.value().seed())
                .containsExactly(1L, 2L, 4L, 8L, 16L);
    }

    @Test
    void sample_seedAndKey_decideItAlone() {
        String sample = "seed: {sample: {n: 5, from: [1, 1000], seed: 7}}\noptimizer: {method: sgd, lr: ";
        List<Long> alone = networks(sample + "0.1}").points().stream()
                .map(point -> point.value().seed())
                .toList();
        List<Long> withOthers =
                networks(sample + "{choose: [0.1, 0.2]}}\nbias: {choose: [true, false]}").points().stream()
                        .map(point -> point.value().seed())
                        .distinct()
                        .toList();

        assertThat(alone).containsExactly(605L, 619L, 255L, 297L, 9L).isEqualTo(withOthers);
        assertThat(k1("{sample: {n: 2, from: [0, 1.5], seed: 1}}"))
                .isEqualTo(k1("{sample: {n: 4, from: [0, 1.5], seed: 1}}").subList(0, 2))
                .isNotEqualTo(k1("{sample: {n: 2, from: [0, 1.5], seed: 2}}"))
                .allSatisfy(value -> assertThat(value).isBetween(0.0, 1.5));
        assertThat(k1("{sample: {n: 9, from: [1, 9], seed: 3}}"))
                .containsExactlyInAnyOrder(1., 2., 3., 4., 5., 6., 7., 8., 9.);
        assertThat(k1("{sample: {n: 50, from: [1e-4, 1e-1], seed: 3, scale: log}}"))
                .allSatisfy(value -> assertThat(value).isBetween(1e-4, 1e-1))
                .anySatisfy(value -> assertThat(value).isLessThan(1e-3));
    }

    @Test
    void zip_twoLists_variesThemTogether() {
        BoundSettings<Settings> bound = bound("zip: {k1: [0.9, 1.2, 2], b: {range: [0.1, 0.3, 0.1]}}");

        assertThat(bound.value().models())
                .isEqualTo(Grid.of(new Model(0.9, 0.1), new Model(1.2, 0.2), new Model(2, 0.3)));
        assertThat(bound.grids()).containsExactly("Grid models: 3 points");
    }

    @Test
    void union_ofParts_sharesTheOtherKeys() {
        String models = "b: {choose: [0.4, 0.75]}\nunion:\n  - k1: 0.9\n  - k1: {range: [1, 3]}\n";

        BoundSettings<Settings> bound = bound(models);

        assertThat(bound.value().models().points())
                .extracting(point -> point.value().k1() + " " + point.value().b())
                .containsExactly(
                        "0.9 0.4", "0.9 0.75", "1.0 0.4", "1.0 0.75", "2.0 0.4", "2.0 0.75", "3.0 0.4", "3.0 0.75");
        assertThat(bound.grids()).containsExactly("Grid models: 2 + 3 × 2 = 8 points");
    }

    @Test
    void choices_insideRecordsListsAndMaps_areExpanded() {
        Grid<Network> grid = networks("""
                layers: [8, {choose: [4, 2]}]
                sizes: {a: {range: [1, 2]}}
                optimizer:
                  choose:
                    - {method: sgd, lr: {choose: [0.1, 0.2]}}
                    - {method: adam-w, lr: 1e-3}
                """);

        assertThat(grid.size()).isEqualTo(2 * 3 * 2);
        assertThat(grid.points().getFirst().tags())
                .isEqualTo(
                        Map.of("layers", "[8, 4]", "optimizer.method", "SGD", "optimizer.lr", 0.1, "sizes", "{a=1}"));
        // A component that is a list takes a plain list.
        assertThat(networks("{layers: [1, 2], optimizer: {method: sgd, lr: 0.1}}")
                        .size())
                .isEqualTo(1);
        assertThat(networks("{layers: {choose: [[1, 2], [3]]}, optimizer: {method: sgd, lr: 0.1}}")
                        .points())
                .extracting(point -> point.value().layers())
                .containsExactly(List.of(1, 2), List.of(3));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "k1 < 1.2 | 3",
                "k1 <= 1.2 and b > 0.4 | 4",
                "k1 = 0.9 or k1 = 2 | 6",
                "not (k1 = 0.9) and b = 4e-1 | 2",
                "k1 > b | 8",
                "b < k1 and 1 > k1 | 2",
                "k1 = 2 or k1 = 0.9 and b = 0.4 | 4",
                "k1 != 0.9 | 6"
            })
    void where_condition_leavesPointsOut(String condition, int left) {
        String models = "{k1: {choose: [0.9, 1.2, 2]}, b: {choose: [0.4, 0.75, 0.9]}, where: \"" + condition + "\"}";

        BoundSettings<Settings> bound = bound(models);

        assertThat(bound.value().models().size()).isEqualTo(left);
        assertThat(bound.grids())
                .containsExactly("Grid models: 3 × 3 = 9 points, " + (9 - left) + " left out by where");
    }

    @Test
    void where_severalConditions_mustAllHold() {
        Grid<Network> grid = networks("""
                optimizer: {method: {choose: [sgd, adam_w]}, lr: {choose: [0.1, 0.2]}}
                patience: 5 min
                bias: {choose: [true, false]}
                activation: {choose: [relu, "a b"]}
                where:
                  - optimizer.method = adam-w or optimizer.lr < 0.2
                  - bias = true
                  - activation = 'a b'
                """);

        assertThat(grid.points())
                .extracting(point -> point.value().optimizer())
                .containsExactly(
                        new Optimizer(Method.SGD, 0.1),
                        new Optimizer(Method.ADAM_W, 0.1),
                        new Optimizer(Method.ADAM_W, 0.2));
    }

    @Test
    void points_thatAreRepeated_countOnceWithAWarning() {
        BoundSettings<Settings> bound = bound("k1: {choose: [0.9, 1.2, 0.9, 0.90]}");

        assertThat(bound.value().models().size()).isEqualTo(2);
        assertThat(bound.grids()).containsExactly("Grid models: 4 points, 2 repeated");
        assertThat(bound.warnings())
                .containsExactly("debug.yaml:1: the grid \"models\" repeats 2 points; each point counts once");
    }

    @Test
    void grid_thatIsTooLarge_isCountedAndRefused() {
        String models = "k1: {range: [1, 1e9]}\nb: {choose: [0.4, 0.75]}\n";

        assertThatThrownBy(() -> bound(models))
                .isInstanceOf(PlanException.class)
                .hasMessage("debug.yaml:1: the grid \"models\" has 1,000,000,000 × 2 = 2,000,000,000 points, more than"
                        + " 10,000; make it smaller");
        String small = "k1: {range: [1, 10001]}";
        assertThatThrownBy(() -> bound(small))
                .hasMessage("debug.yaml:1: the grid \"models\" has 10,001 points, more than 10,000; make it smaller, or"
                        + " raise the limit: by limit: 10001 in the grid, or by run-experiment --limit 10001");
        assertThat(points(small + "\nlimit: 10001")).hasSize(10_001);
        assertThat(files.debug("models: {k1: {range: [1, 10001]}, limit: 5}")
                        .bind(Settings.class, OptionalInt.of(10_001))
                        .value()
                        .models()
                        .size())
                .isEqualTo(10_001);
    }

    @Test
    void override_onTheCommandLine_replacesAChoice() {
        ExperimentFile file =
                files.debug("models: {k1: {choose: [0.9, 1.2]}}", "models.k1={range: [1, 3]}", "models.b=0.1");

        assertThat(file.bind(Settings.class).models())
                .isEqualTo(Grid.of(new Model(1, 0.1), new Model(2, 0.1), new Model(3, 0.1)));
    }

    @Test
    void mistakes_ofAllKinds_areReportedAtOnce() {
        String yaml = """
                models:
                  k1: {chose: [0.9, 1.2]}
                  b: [0.1, 0.2]
                  unoin: []
                  where: k2 < 3
                  limit: 0
                  kind: x
                """;

        assertThatThrownBy(() -> files.debug(yaml).bind(Settings.class)).hasMessage("""
                debug.yaml: 6 problems:
                  debug.yaml:2: "models.k1" must be a value, or one of choose, range, geometric, sample, found a map with\
                 the key "chose"; did you mean "choose"?
                  debug.yaml:3: "models.b" must be a number, found a list; write {choose: […]} to try several values
                  debug.yaml:4: unknown key "models.unoin" for GridSettingsTest.Model; did you mean "union"?
                  debug.yaml:5: "models.where": cannot read the condition "k2 < 3": "k2" is no key of the grid; did you\
                 mean "k1"?
                  debug.yaml:6: "models.limit" must be between 1 and 10000000, found the number 0
                  debug.yaml:7: unknown key "models.kind" for GridSettingsTest.Model; known keys: k1, b""");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "k1: {range: [0, 1, 0]} | a range refuses range=[0, 1, 0]: the step of the range is 0",
                "k1: {range: [0, 1, -1]} | the range leads away from its end in steps of -1",
                "k1: {range: [0]} | range is [from, to] or [from, to, step]",
                "k1: {range: 3} | \"models.k1.range\" must be a list of numbers, found the number 3; write [3]",
                "k1: {range: [a, 3]} | \"models.k1.range.0\" must be a number, found the text \"a\"",
                "k1: {geometric: [0, 1, 3]} | both ends of a geometric range must be greater than 0",
                "k1: {geometric: [1, 2, 1]} | the count of a geometric range must be a whole number from 2",
                "k1: {sample: {n: 3, from: [1, 2], seed: 1}} | n is greater than the number of whole numbers in from, 2",
                "k1: {sample: {n: 3, from: [1, 2.5]}} | missing key \"models.k1.sample.seed\" for a sample",
                "k1: {sample: 3} | \"models.k1\" must be a sample with the keys n, from and seed, found the number 3",
                "k1: {choose: []} | \"models.k1\" must choose from a list of values, found an empty list",
                "k1: {choose: [0.9, x]} | \"models.k1\" must be a number, found the text \"x\"",
                "zip: {k1: [1, 2], b: [1]} | the values of \"models.zip\" are not equally many",
                "zip: {k1: 1} | \"models.zip.k1\" must be a list, found the number 1",
                "zip: [1] | \"models.zip\" must be a map to lists, found a list",
                "{k1: 1, zip: {k1: [1]}} | the key \"models.k1\" is given twice; it was given before at debug.yaml:2",
                "union: {k1: 1} | \"models.union\" must be a list of maps, found a map",
                "union: [{k1: 1}, 3] | a part of \"models.union\" must be a map, found the number 3",
                "{b: 1, union: [{k1: 1}, {k1: 2, b: 1}]} | the key \"models.b\" is given twice",
                "{k1: 1, where: k1 < b < 2} | \"<\" cannot follow a comparison",
                "{k1: 1, where: k1 <} | it ends, where a value is expected",
                "{k1: 1, where: (k1 = 1} | a parenthesis is not closed",
                "{k1: 1, where: k1 = many} | k1 is a number, which \"many\" is not",
                "{k1: 1, where: 3 < 4} | neither \"3\" nor \"4\" is a key of the grid; the keys are k1, b",
                "{k1: 1, where: k1 + 1} | \"+\" follows \"k1\", where =, !=, <, <=, > or >= is expected",
                "{k1: 1, where: k1 > 2} | no point of the grid \"models\" meets its conditions; it has 1; change where"
            })
    void mistake_inAGrid_saysWhatIsExpected(String models, String message) {
        assertThatThrownBy(() -> bound(models))
                .isInstanceOf(PlanException.class)
                .hasMessageStartingWith("debug.yaml:")
                .hasMessageContaining(message)
                .hasMessageNotContaining("problems:");
    }

    @Test
    void grid_thatIsAList_saysHowToWriteIt() {
        assertThatThrownBy(() -> files.debug("models: [{k1: 1}]").bind(Settings.class))
                .hasMessage("debug.yaml:1: \"models\" must be a grid: a map with the keys k1, b, found a list; write"
                        + " union: […] for several parts of the grid");
    }

    /** Each value is checked once, whatever the number of its points. */
    @Test
    void points_withProblems_areReportedOnceForEachValue() {
        assertThatThrownBy(() -> networks("""
                layers: {choose: [[1], [2], [3]]}
                optimizer: {method: sgd, lr: {choose: [0.6, 0.7, 2]}}
                """)).hasMessage("""
                        debug.yaml: 3 problems:
                          debug.yaml:3: "networks.optimizer": GridSettingsTest.Optimizer refuses method=SGD, lr=0.6: lr\
                         must be at most 0.5 with SGD, not 0.6
                          debug.yaml:3: "networks.optimizer": GridSettingsTest.Optimizer refuses method=SGD, lr=0.7: lr\
                         must be at most 0.5 with SGD, not 0.7
                          debug.yaml:3: "networks.optimizer.lr" must be between 0 and 1, found the number 2""");
    }

    record Lone(int choose) {}

    record Reserved(int zip, int limit, Lone lone) {}

    record Inner(Grid<Model> models) {}

    record Wrong(Grid<Reserved> one, Grid<?> two, Grid<Inner> three) {}

    @Test
    void classes_thatCannotBeGrids_areRefused() {
        assertThatThrownBy(() -> files.debug("").bind(Wrong.class))
                .hasMessageContainingAll(
                        "GridSettingsTest.Reserved.zip: the key \"zip\" means something in grids; rename the component",
                        "GridSettingsTest.Reserved.limit: the key \"limit\" means something in grids",
                        "GridSettingsTest.Lone.choose: the key \"choose\" means something in grids",
                        "settings cannot hold a grid of the type java.lang.Object; use a record for the points",
                        "settings cannot hold a grid inside a grid; use the record GridSettingsTest.Model");
    }
}
