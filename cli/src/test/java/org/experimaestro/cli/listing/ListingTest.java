package org.experimaestro.cli.listing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.experimaestro.cli.SampleWorkspace;
import org.experimaestro.cli.TempHome;
import org.experimaestro.cli.experiment.ExperimentsCommand;
import org.experimaestro.cli.job.JobsCommand;
import org.experimaestro.cli.run.RunsCommand;
import org.experimaestro.core.json.Json;
import org.experimaestro.core.json.JsonObject;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.ProcessIdentity;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The options that all listings share, through the commands. */
@ExtendWith(TempHome.class)
class ListingTest {
    private static final String LONG = "x".repeat(500);

    @TempDir
    Path folder;

    private SampleWorkspace sample;

    @BeforeEach
    void makeWorkspace() throws IOException {
        sample = new SampleWorkspace(folder);
        Instant started = Instant.parse("2026-01-31T12:00:00Z");
        JobFolder one = job(1);
        SampleWorkspace.begin(one, ProcessIdentity.current(), started)
                .done(started.toEpochMilli(), Map.of("map", 0.5), null);
        JobFolder two = job(2);
        SampleWorkspace.begin(two, ProcessIdentity.current(), started)
                .done(started.toEpochMilli(), Map.of("map", 10.0), null);
        JobFolder three = job(3);
        SampleWorkspace.begin(three, ProcessIdentity.current(), started)
                .failed(FailureCause.EXCEPTION, "java.io.IOException: " + LONG, 1);
        sample.run("grid", Map.of(one, Map.of("k", 9, "text", LONG), two, Map.of("k", 10), three, Map.of()));
        sample.workspace().experiment("grid").runs().getFirst().describe(Map.of("started", "2026-01-31T12:00:00.000Z"));
    }

    private JobFolder job(int layers) throws IOException {
        return sample.store(SampleWorkspace.learn(layers, SampleWorkspace.adam(0.5), 16));
    }

    private SampleWorkspace.Result run(String... arguments) {
        String[] all = Arrays.copyOf(arguments, arguments.length + 1);
        all[arguments.length] = "--workdir=" + folder;
        return SampleWorkspace.executeIn(
                switch (all[0]) {
                    case "jobs" -> new JobsCommand();
                    case "runs" -> new RunsCommand();
                    default -> new ExperimentsCommand();
                },
                Arrays.copyOfRange(all, 1, all.length));
    }

    private List<String> lines(String... arguments) {
        SampleWorkspace.Result result = run(arguments);
        assertThat(result.exitCode()).as(result.err()).isZero();
        return result.out().lines().toList();
    }

    @Test
    void columns_ofFieldsTagsMetricsAndParameters_areShown() {
        assertThat(lines("jobs", "list", "--columns", "param.model.layers,k,map,STATE,metric.map", "--sort=k"))
                .containsExactly(
                        "PARAM.MODEL.LAYERS  K   MAP  STATE   METRIC.MAP",
                        "1                   9   0.5  done    0.5",
                        "2                   10  10   done    10",
                        "3                            failed");
    }

    @Test
    void sort_missingValues_areLastInBothDirections() {
        assertThat(lines("jobs", "list", "--columns", "param.model.layers", "--sort=-k"))
                .containsExactly("PARAM.MODEL.LAYERS", "2", "1", "3");
        assertThat(lines("jobs", "list", "--columns=param.model.layers", "--sort", "state,-map"))
                .containsExactly("PARAM.MODEL.LAYERS", "2", "1", "3");
        assertThat(lines("jobs", "list", "--columns=param.model.layers", "--sort", "map", "--limit", "1"))
                .containsExactly("PARAM.MODEL.LAYERS", "1");
        assertThat(run("jobs", "list", "--limit", "2").err()).isEqualTo("2 of 3 rows are shown\n");
    }

    @Test
    void table_inAPipe_isNotCut() {
        assertThat(run("jobs", "list").out()).contains("text=" + LONG, "IOException: " + LONG);
    }

    @Test
    void json_columns_areTheseOnly() {
        assertThat(lines("jobs", "list", "--json", "--columns", "state,k,started,time", "--sort", "-k", "--limit", "1"))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("{\"state\":\"done\",\"k\":10,\"started\":\"2026-01-31T12:00:00Z\",\"time\":");
        assertThat(lines("jobs", "list", "--json"))
                .hasSize(3)
                .allSatisfy(line ->
                        assertThat(line).contains("\"host\":\"", "\"runs\":[\"grid/", "\"age\":", "\"launcher\":null"));
    }

    @Test
    void runs_andExperiments_haveTheSameOptions() {
        assertThat(lines("runs", "list", "--columns", "experiment,jobs,done,failed,active,started", "--sort", "run"))
                .first()
                .isEqualTo("EXPERIMENT  JOBS  DONE  FAILED  ACTIVE  STARTED");
        assertThat(lines("runs", "list", "--columns", "jobs,done,failed", "state=failed"))
                .containsExactly("JOBS  DONE  FAILED", "1     0     1");
        JsonObject run =
                JsonObject.of(Json.parse(lines("runs", "list", "--json").getFirst()), "run");
        assertThat(run.integer("jobs")).isEqualTo(3);
        assertThat(run.string("started")).isEqualTo("2026-01-31T12:00:00Z");
        assertThat(lines("experiments", "list").get(1)).matches("grid +1 +\\d{8}-\\d{6} +unknown +3 +2 +1 +0 +0");
        assertThat(lines("experiments", "list", "k=9", "--columns", "experiment,jobs"))
                .containsExactly("EXPERIMENT  JOBS", "grid        1");
        assertThat(lines("experiments", "list", "--json").getFirst()).contains("\"experiment\":\"grid\"", "\"runs\":1");
        assertThat(run("experiments", "list", "k=7").err())
                .contains("None of the 1 experiments in " + folder + " has a job like that", "its values are 9, 10");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jobs", "runs", "experiments"})
    void wrongOptions_ofEachListing_areExplained(String group) {
        assertThat(run(group, "list", "--columns", "stat").err())
                .startsWith("Error: there is no column \"stat\"; did you mean \"state\"");
        assertThat(run(group, "list", "--sort=-foldr").err()).contains("did you mean \"folder\"?");
        for (String empty : List.of("--columns=", "--sort=-", "--sort=", "--columns=state,,folder", "--sort=state, ")) {
            SampleWorkspace.Result wrong = run(group, "list", empty);
            assertThat(wrong.err()).contains(empty.substring(0, empty.indexOf('=')) + " needs the name of a column");
            assertThat(wrong.exitCode()).isEqualTo(2);
        }
        assertThat(run(group, "list", "grid").err())
                .contains("to select the jobs of the experiment, write --experiment grid");
        assertThat(run(group, "list", "--limit", "0").err()).contains("--limit is a number of rows, from 1, and not 0");
        assertThat(run(group, "list", "--watch", "--json").err()).contains("leave out --json or --watch");
        SampleWorkspace.Result watch = run(group, "list", "--watch");
        assertThat(watch.err())
                .startsWith("Error: Cannot watch: the standard output is not a terminal; leave out --watch");
        assertThat(watch.exitCode()).isEqualTo(2);
    }

    @Test
    void columns_nearNames_areOfTagsToo() {
        assertThat(run("jobs", "list", "--columns", "tex").err()).contains("did you mean \"text\"?");
        assertThat(run("jobs", "list", "--columns", "qqqqqqqq").err())
                .contains("there is no column \"qqqqqqqq\"; the columns are state, id, type,", "soFar", "metricsSoFar");
    }

    @Test
    void columns_severalWrongNames_areSaidAtOnce() {
        assertThat(run("jobs", "list", "--columns", "stat,id,tex,stat").err())
                .contains("there is no column \"stat\"; did you mean \"state\"?", "there is no column \"tex\"; ");
        assertThat(run("jobs", "list", "--sort", "-stat,tex").err())
                .contains("there is no column \"stat\"", "there is no column \"tex\"");
    }
}
