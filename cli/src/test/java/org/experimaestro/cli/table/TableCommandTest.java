package org.experimaestro.cli.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.experimaestro.cli.SampleWorkspace;
import org.experimaestro.workspace.Attempt;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.ProcessIdentity;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableCommandTest {
    @TempDir
    Path folder;

    private SampleWorkspace sample;
    private final Map<JobFolder, Map<String, Object>> submitted = new LinkedHashMap<>();

    @BeforeEach
    void makeWorkspace() throws IOException {
        sample = new SampleWorkspace(folder.resolve("work"));
        for (int seed = 1; seed <= 3; seed++) {
            job(seed, 3, 0.5 + seed / 100.0);
            job(seed, 5, seed == 3 ? null : 0.25 + seed / 50.0);
        }
        sample.run("old", Map.of(sample.store(SampleWorkspace.learn(9, SampleWorkspace.adam(0.1), 9)), Map.of()));
        sample.run("grid", submitted);
    }

    private void job(int seed, int layers, Double map) throws IOException {
        JobFolder job = sample.store(SampleWorkspace.learn(layers, SampleWorkspace.adam(0.1), seed));
        Attempt attempt = SampleWorkspace.begin(job, ProcessIdentity.current(), Instant.now());
        if (map == null) {
            attempt.failed(FailureCause.EXCEPTION, "no data", 1);
        } else {
            attempt.done(0, Map.of("map", map, "loss", 1 - map), null);
        }
        submitted.put(job, Map.of("layers", layers, "seed", seed));
    }

    private SampleWorkspace.Result table(String... arguments) {
        return sample.execute(new TableCommand(), arguments);
    }

    @Test
    void table_experiment_hasMeansOverSeeds() {
        SampleWorkspace.Result result =
                table("--experiment=grid", "--rows=layers", "--metric=map", "--highest=map", "--over=seed");

        assertThat(result.err()).isEmpty();
        assertThat(result.out()).isEqualTo("""
                layers  map
                3       0.520 ± 0.025 n=3
                5       0.280 ± 0.127 n=2 of 3, 1 failed
                map: mean over seed ± half width of the 95% confidence interval (t)
                """);
        assertThat(result.exitCode()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "--best-per-row, layers, seed, its row",
        "--best=row, layers, seed, its row",
        "--best=table, layers, seed, the table",
        "--best=column, seed, layers, its column"
    })
    void table_best_isOfThoseThatCompete(String option, String rows, String columns, String competition) {
        SampleWorkspace.Result result = table(
                "layers=3",
                "--experiment=grid",
                "--rows=" + rows,
                "--columns=" + columns,
                "--metric=map",
                "--highest=map",
                option);

        assertThat(result.out()).as(result.err()).contains("*: the best of " + competition);
    }

    @Test
    void table_baseline_isComparedWithPValues() throws IOException {
        job(1, 7, 0.31);
        job(2, 7, 0.33);
        job(3, 7, 0.32);
        sample.run("grid", submitted);
        String[] options = {
            "--experiment=grid", "--rows=layers", "--metric=map", "--highest=map", "--over=seed", "--p-values"
        };

        SampleWorkspace.Result result = table(with(options, "--baseline=layers=7.0"));

        assertThat(result.out())
                .as(result.err())
                .contains(
                        " n=3 * + p<0.001\n",
                        "+, -: significantly better, or worse, than the baseline layers=7 (t test, two-sided, paired by"
                                + " replicate, 3 pairs, Holm for 1 comparison, level 0.05)");
        assertThat(table(with(options, "--baseline=layer=7")).err())
                .contains("no row has the tag \"layer\"", "did you mean \"layers\"?");
        assertThat(table(with(options, "--baseline=layers=8")).err()).contains("the values are 3, 5, 7");
        assertThat(table("--experiment=grid", "--rows=layers", "--metric=map", "--baseline=layers=5")
                        .err())
                .contains("--baseline needs to know which values are better; add --highest METRIC");
    }

    private static String[] with(String[] options, String more) {
        String[] all = Arrays.copyOf(options, options.length + 1);
        all[options.length] = more;
        return all;
    }

    @Test
    void table_filterAsArguments_selectsItsJobs() {
        SampleWorkspace.Result result =
                table("experiment=grid", "and", "layers>3", "--rows=layers", "--metric=map", "--over=seed");

        assertThat(result.out()).as(result.err()).contains("\n5  ").doesNotContain("\n3  ");
    }

    @Test
    void table_tagWithAComma_isQuoted() throws IOException {
        Map<JobFolder, Map<String, Object>> tagged = new LinkedHashMap<>();
        submitted.forEach((job, tags) -> {
            Map<String, Object> more = new LinkedHashMap<>(tags);
            more.put("a, \"b\"", tags.get("layers"));
            tagged.put(job, more);
        });
        sample.run("grid", tagged);

        SampleWorkspace.Result result = table(
                "--experiment=grid", "--rows=layers", "--columns=\"a, \\\"b\\\"\"", "--metric=map", "--over=seed");

        assertThat(result.out()).as(result.err()).contains("a, \"b\"=3");
        assertThat(table("--experiment=grid", "--rows=layers,\"a, b", "--metric=map")
                        .err())
                .contains("the quote is not closed");
    }

    @Test
    void table_filterAndFormat_areThoseAskedFor() throws IOException {
        Path file = folder.resolve("table.csv");

        SampleWorkspace.Result result = table(
                "--experiment=grid",
                "--tags=layers=3",
                "--rows=layers",
                "--metric=map,loss",
                "--median=map",
                "--over=seed",
                "--format=csv",
                "--jobs",
                "--output=" + file);

        assertThat(result.err()).isEmpty();
        assertThat(result.out()).isEmpty();
        assertThat(Files.readString(file))
                .startsWith("layers,metric,statistic,value,")
                .contains(
                        "\n3,loss,mean,0.48,",
                        "\n3,map,median,0.52,",
                        folder.resolve("work/jobs").toString())
                .doesNotContain("\n5,");
    }

    @Test
    void table_latestRun_countsAlone() throws IOException {
        submitted.keySet().removeIf(job -> submitted.get(job).get("seed").equals(2));
        sample.run("grid", submitted);

        assertThat(table("--experiment=grid", "--rows=layers", "--metric=map", "--over=seed")
                        .out())
                .contains("n=2\n", "n=1 of 2, 1 failed");
    }

    @Test
    void table_filterOfAnEarlierRun_isOfThatRun() throws IOException {
        String first = sample.workspace().experiment("grid").runs().getFirst().name();
        submitted.keySet().removeIf(job -> submitted.get(job).get("layers").equals(5));
        sample.run("grid", submitted);

        SampleWorkspace.Result latest = table("--experiment=grid", "--rows=layers", "--metric=map", "--over=seed");
        assertThat(latest.out()).contains("\n3 ").doesNotContain("\n5 ");
        assertThat(latest.err()).contains("3 of the selected jobs are of earlier runs", "--filter run=");
        SampleWorkspace.Result earlier =
                table("--experiment=grid", "--filter=run=" + first, "--rows=layers", "--metric=map", "--over=seed");
        assertThat(earlier.err()).isEmpty();
        assertThat(earlier.out()).contains("\n3 ", "\n5 ");
    }

    @Test
    void table_wrongNames_suggestsNearOnes() {
        assertThat(table("--experiment=gird", "--rows=layers", "--metric=map").err())
                .contains("There is no experiment \"gird\"", "did you mean \"grid\"?");
        assertThat(table("--experiment=grid", "--rows=layer", "--metric=map").err())
                .contains("by the tag \"layer\"", "did you mean \"layers\"?");
        assertThat(table("--experiment=grid", "--rows=layers", "--metric=mpa", "--over=seed")
                        .err())
                .contains("of the metric \"mpa\"", "did you mean \"map\"?");
        assertThat(table("--experiment=grid", "--rows=layers", "--metric=map", "--highest=mpa")
                        .err())
                .contains("the table has no metric \"mpa\"; did you mean \"map\"?");
        for (String empty : new String[] {"--rows=,", "--over=,", "--columns=,", "--metric=,", "--highest=,"}) {
            SampleWorkspace.Result wrong = table("--experiment=grid", "--rows=layers", "--metric=map", empty);
            assertThat(wrong.exitCode()).as(empty).isNotZero();
            assertThat(wrong.err()).as(empty).doesNotContain("fault of Experimaestro");
        }
        for (String twice : new String[] {"--rows=layers,layers", "--over=seed,seed", "--columns=seed,\"seed\""}) {
            assertThat(table("--experiment=grid", "--rows=layers", "--metric=map", twice)
                            .err())
                    .as(twice)
                    .contains("Cannot lay out a table by the tag \"", "\" twice; name each tag once");
        }
        assertThat(table("--experiment=grid", "--rows=,", "--metric=map").err()).doesNotContain("fault of");
        assertThat(table("--experiment=grid", "--rows=layers").err())
                .contains("Missing required option: '--metric=METRIC'");
        SampleWorkspace.Result mixed = table("--experiment=grid", "--rows=layers", "--metric=map");
        assertThat(mixed.err())
                .startsWith(
                        "Error: Cannot compute the cell layers=3: its 3 jobs are no replicates of each other: seed is 1, 2, 3");
        assertThat(mixed.exitCode()).isEqualTo(1);
    }

    @Test
    void table_severalExperiments_asksForOne() {
        assertThat(table("--rows=layers", "--metric=map").err())
                .contains("several experiments: grid, old", "--experiment");
        assertThat(table("--tags=layers=3", "--rows=layers", "--metric=map", "--over=seed")
                        .exitCode())
                .isZero();
        assertThat(table("--state=running", "--rows=layers", "--metric=map").err())
                .contains("no experiment");
    }

    @Test
    void table_fileThatCannotBeWritten_isToldWithItsName() {
        SampleWorkspace.Result result = table(
                "--experiment=grid",
                "--rows=layers",
                "--metric=map",
                "--over=seed",
                "-o",
                folder.resolve("none/t").toString());

        assertThat(result.err()).contains("Cannot write the table", "none/t");
        assertThat(result.exitCode()).isEqualTo(1);
    }
}
