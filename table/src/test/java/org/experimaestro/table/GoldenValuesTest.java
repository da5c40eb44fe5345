package org.experimaestro.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.experimaestro.Best;
import org.experimaestro.JobReport;
import org.experimaestro.PaperTable;
import org.experimaestro.Table;
import org.experimaestro.TableLayout;
import org.experimaestro.TableLayout.Statistic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The statistics have the values of R, which golden.R has made. */
class GoldenValuesTest {
    private static final double RELATIVE_ERROR = 1e-9;

    private record Golden(
            String kind, String name, String level, double[] left, double[] right, double[] first, String second) {
        @Override
        public String toString() {
            return kind + " " + name + " " + level;
        }
    }

    static List<Golden> golden() throws IOException {
        try (InputStream in = Objects.requireNonNull(GoldenValuesTest.class.getResourceAsStream("golden.csv"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .map(line -> line.split(",", -1))
                    .map(cells -> new Golden(
                            cells[0],
                            cells[1],
                            cells[2],
                            numbers(cells[3]),
                            numbers(cells[4]),
                            numbers(cells[5]),
                            cells[6]))
                    .toList();
        }
    }

    private static double[] numbers(String text) {
        return Stream.of(text.strip().split(" +"))
                .filter(number -> !number.isEmpty())
                .mapToDouble(number -> number.equals("NA") ? Double.NaN : Double.parseDouble(number))
                .toArray();
    }

    @Test
    void golden_kinds_areAllThere() throws IOException {
        assertThat(golden().stream().map(Golden::kind).distinct())
                .containsExactly(
                        "mean",
                        "median",
                        "t",
                        "paired.t",
                        "wilcoxon",
                        "family.t",
                        "family.wilcoxon",
                        "holm",
                        "bootstrap");
    }

    @ParameterizedTest
    @MethodSource("golden")
    void statistics_samplesOfR_areEqual(Golden golden) {
        switch (golden.kind()) {
            case "mean" -> assertClose(Estimate.of(Statistic.MEAN, golden.left()), golden.first()[0]);
            case "median" -> assertClose(Estimate.of(Statistic.MEDIAN, golden.left()), golden.first()[0]);
            case "t" -> {
                Estimate.Interval interval = Estimate.t(golden.left(), Double.parseDouble(golden.level()));
                assertClose(interval.lower(), golden.first()[0]);
                assertClose(interval.upper(), Double.parseDouble(golden.second()));
            }
            case "paired.t" -> assertTest(PairedTests.t(differences(golden)), golden);
            case "wilcoxon" -> assertTest(PairedTests.wilcoxon(differences(golden)), golden);
            case "family.t", "family.wilcoxon" -> assertFamily(golden);
            case "holm" -> assertThat(Holm.adjust(golden.left())).containsExactly(golden.first(), within(1e-12));
            case "bootstrap" -> {
                Estimate.Interval interval =
                        Estimate.bootstrap(golden.left(), Statistic.MEAN, Double.parseDouble(golden.level()), 1);
                double upper = Double.parseDouble(golden.second());
                Offset<Double> tolerance = within(0.05 * (upper - golden.first()[0]));
                assertThat(interval.lower()).isCloseTo(golden.first()[0], tolerance);
                assertThat(interval.upper()).isCloseTo(upper, tolerance);
            }
            default -> throw new AssertionError("an unknown kind: " + golden);
        }
    }

    /** Compares a whole table: its first row is the baseline, and the samples of the others stand behind each other. */
    private static void assertFamily(Golden golden) {
        int seeds = golden.left().length;
        List<JobReport> jobs = new ArrayList<>();
        double[] all = DoubleStream.concat(Arrays.stream(golden.left()), Arrays.stream(golden.right()))
                .toArray();
        for (int i = 0; i < all.length; i++) {
            if (!Double.isNaN(all[i])) {
                jobs.add(StoredReport.done(Map.of("model", i / seeds, "seed", i % seeds), Map.of("map", all[i])));
            }
        }
        TableLayout layout = Table.of(jobs)
                .rows("model")
                .mean("map")
                .best(Best.HIGHEST)
                .over("seed")
                .baseline("model", 0);
        List<PaperTable.Cell> cells = (golden.kind().equals("family.t") ? layout : layout.wilcoxon())
                .compute()
                .cells();

        assertThat(cells.getFirst().verdict()).isEqualTo(PaperTable.Verdict.BASELINE);
        List<PaperTable.Cell> others = cells.subList(1, cells.size());
        assertThat(others).hasSize(golden.first().length);
        double[] pairs = numbers(golden.second());
        for (int i = 0; i < others.size(); i++) {
            if (Double.isNaN(golden.first()[i])) {
                assertThat(others.get(i).p()).isEmpty();
                assertThat(others.get(i).verdict()).isEqualTo(PaperTable.Verdict.NONE);
                continue;
            }
            assertThat((double) others.get(i).pairs()).isEqualTo(pairs[i]);
            assertClose(others.get(i).p().orElseThrow(), golden.first()[i]);
            boolean isSignificant = golden.first()[i] <= 0.05;
            assertThat(others.get(i).verdict() == PaperTable.Verdict.UNDECIDED).isEqualTo(!isSignificant);
        }
    }

    private static double[] differences(Golden golden) {
        List<Double> differences = new ArrayList<>();
        IntStream.range(0, golden.left().length)
                .mapToDouble(i -> golden.left()[i] - golden.right()[i])
                .filter(difference -> !Double.isNaN(difference))
                .forEach(differences::add);
        assertThat(differences).hasSize(Integer.parseInt(golden.second()));
        return CellJobs.array(differences);
    }

    private static void assertTest(OptionalDouble p, Golden golden) {
        assertClose(p.orElseThrow(), golden.first()[0]);
    }

    private static void assertClose(double value, double expected) {
        assertThat(value).isCloseTo(expected, within(RELATIVE_ERROR * Math.max(Math.abs(expected), 1e-3)));
    }

    @Test
    void t_constantDifferences_haveNoVariance() {
        assertThat(PairedTests.t(new double[] {0, 0, 0})).hasValue(1);
        assertThat(PairedTests.t(new double[] {0.5, 0.5, 0.5})).isEmpty();
        assertThat(PairedTests.t(new double[] {0.3 - 0.2, 0.4 - 0.3})).isEmpty(); // equal but for rounding
        assertThat(PairedTests.t(new double[] {0.1, 0.1 + 1e-12})).isPresent();
        assertThat(PairedTests.wilcoxon(new double[] {0, 0})).hasValue(1);
    }

    @Test
    void tests_tooFewOrStrangeDifferences_haveNoValue() {
        double[][] strange = {{}, {1}, {1, Double.NaN}, {1, Double.POSITIVE_INFINITY}};
        assertThat(Arrays.stream(strange).map(PairedTests::t)).allMatch(OptionalDouble::isEmpty);
        assertThat(Arrays.stream(strange).map(PairedTests::wilcoxon)).allMatch(OptionalDouble::isEmpty);
    }

    @Test
    void bootstrap_equalSeeds_giveEqualIntervals() {
        double[] values = {0.3, 0.5, 0.2, 0.9};

        assertThat(Estimate.bootstrap(values, Statistic.MEDIAN, 0.9, 3))
                .isEqualTo(Estimate.bootstrap(values, Statistic.MEDIAN, 0.9, 3))
                .isNotEqualTo(Estimate.bootstrap(values, Statistic.MEDIAN, 0.5, 3));
    }
}
