package org.experimaestro.cli.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.experimaestro.cli.SampleWorkspace;
import org.experimaestro.cli.TempHome;
import org.experimaestro.cli.run.RunsCommand;
import org.experimaestro.workspace.Attempt;
import org.experimaestro.workspace.BatchJobReference;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.JobCount;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.OutputRemoval;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.RunFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Filters, through the commands that take them, in a workspace with five jobs of layers 1 to 5. */
@ExtendWith(TempHome.class)
class JobsFilterTest {
    @TempDir
    Path folder;

    private SampleWorkspace sample;

    @BeforeEach
    void makeWorkspace() throws IOException {
        sample = new SampleWorkspace(folder);
        JobFolder created = job(1, 0.5);
        JobFolder done = job(2, 1e-4);
        Instant yesterday = Instant.now().minus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.MILLIS);
        SampleWorkspace.begin(done, new ProcessIdentity("node05", "b", 1, 1, "", ""), yesterday)
                .done(yesterday.toEpochMilli(), Map.of("map", 0.25, "loss", Double.NaN), null);
        JobFolder failed = job(3, 0.5);
        SampleWorkspace.begin(failed, ProcessIdentity.current(), Instant.now())
                .failed(FailureCause.EXCEPTION, "java.io.IOException: No space left\n\tat somewhere", 1);
        JobFolder killed = job(4, 0.9f);
        Attempt ofBatch = SampleWorkspace.begin(killed, ProcessIdentity.current(), Instant.now());
        ofBatch.recordBatchJob(new BatchJobReference("night", "slurm", "12", "/log", Instant.now()));
        ofBatch.failed(FailureCause.OUT_OF_MEMORY, "Java heap space", 1);
        JobFolder running = job(5, 0.5);
        Attempt attempt = SampleWorkspace.begin(running, ProcessIdentity.current(), yesterday);
        attempt.recordBatchJob(new BatchJobReference("cluster", "slurm", "13", "/log", yesterday));
        Files.writeString(
                running.events(attempt.number()),
                "{\"time\":\"1970-01-01T00:00:00.002Z\",\"metric\":\"map\",\"value\":0.75}\n");
        sample.run("grid", Map.of(created, tags(1, 0.6), done, tags(2, 0.9), failed, tags(3, 1.2)));
        sample.run("other", Map.of(failed, Map.of("state", "odd", "k1", "auto"), killed, tags(4, 1.5)));
    }

    @Test
    void list_pinsNotesAndTagsOfRuns_selectRows() {
        String second = sample.workspace().jobs().stream()
                .filter(job -> job.isMarkedAsDone())
                .findFirst()
                .orElseThrow()
                .id()
                .toString();
        sample.execute(new JobsCommand(), "pin", second);
        sample.execute(new JobsCommand(), "note", second, "a draft");
        sample.execute(new JobsCommand(), "note", second, "for table 2");
        sample.execute(new RunsCommand(), "tag", "grid", "paper=icml");
        sample.execute(new RunsCommand(), "note", "other", "with the wrong seed");

        assertThat(layers("list", "pinned=yes")).isEqualTo("2");
        assertThat(layers("list", "pinned=no state=done")).isEmpty();
        assertThat(layers("list", "note~draft")).isEqualTo("2");
        assertThat(layers("list", "note='for table 2'")).isEqualTo("2");
        assertThat(layers("list", "run.tag.paper=icml")).isEqualTo("1 2 3");
        assertThat(layers("list", "run.note~seed state=failed")).isEqualTo("3 4");
        assertThat(sample.execute(new JobsCommand(), "list", "run.tag.papr=icml")
                        .err())
                .contains("did you mean \"run.tag.paper\"?");
        assertThat(sample.execute(new RunsCommand(), "list", "--columns", "experiment,run.tag.paper,note")
                        .out())
                .contains("icml", "with the wrong seed");
        assertThat(sample.execute(new JobsCommand(), "list", "--columns", "layers,pinned,note", "state=done")
                        .out())
                .contains("yes", "for table 2");
    }

    @Test
    void commands_jobWhoseOutputsWereRemoved_isDoneAndSaysSo() throws Exception {
        JobFolder done = sample.workspace().jobs().stream()
                .filter(JobFolder::isMarkedAsDone)
                .findFirst()
                .orElseThrow();
        Files.writeString(done.path().resolve("big.bin"), "outputs");
        try (OutputRemoval removal = OutputRemoval.claim(done, ProcessIdentity.current(), "grid/20260101-000000")
                .orElseThrow()) {
            removal.remove();
        }

        assertThat(layers("list", "removed=yes")).isEqualTo("2");
        assertThat(layers("list", "state=done")).isEqualTo("2");
        assertThat(layers("list", "state=done removed=no")).isEmpty();
        assertThat(sample.execute(new JobsCommand(), "list", "removed=yes").out())
                .contains("done, outputs removed");
        assertThat(sample.execute(new JobsCommand(), "list", "removed=yes", "--json")
                        .out())
                .contains("\"state\":\"done\"", "\"removed\":\"20");
        assertThat(sample.execute(new JobsCommand(), "show", done.name()).out())
                .contains(
                        done.name() + " is done, outputs removed",
                        "the outputs of attempt 1 were removed, because no job needed them any more",
                        "Attempt 1")
                .doesNotContain("Attempt 2");
        assertThat(sample.execute(new JobsCommand(), "why", done.name()).out())
                .contains(done.name() + " is done, outputs removed", "run a job that uses them");
        endWithoutNeed(done);
        assertThat(sample.execute(new RunsCommand(), "show", "again").out()).contains("Jobs at its end: 1 done");
    }

    /** Writes a run that has not needed a job. */
    private void endWithoutNeed(JobFolder job) throws IOException {
        sample.run("again", Map.of(job, Map.of()));
        RunFolder run = sample.workspace().experiment("again").runs().getLast();
        Map<String, Object> description = new LinkedHashMap<>();
        for (JobCount count : JobCount.values()) {
            description.put(count.key(), count.isDone() ? 0 : List.of());
        }
        description.put(JobCount.NOT_NEEDED.key(), List.of(job.name()));
        description.put("ended", Instant.now().toString());
        description.put("outcome", "DONE");
        run.describe(description);
    }

    private static Map<String, Object> tags(int layers, double k1) {
        return Map.of("layers", layers, "k1", k1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "state=failed                                | 3 3 4",
                "state=failed and (k1=0.6..1.2 or age<2h)    | 3 3 4",
                "state=failed and (k1=0.6..1.2 or age>2h)    | 3",
                "state=failed and not (k1=0.6..1.2 or age>2h)| 3 4",
                "k1=..0.9                                    | 1 2",
                "k1>0.9                                      | 3 4",
                "k1=0.60,12e-1                               | 1 3",
                "k1=auto                                     | 3",
                "k1~^a                                       | 3",
                "k1!=0.6                                     | 2 3 3 4 5",
                "k1!=0.6 and k1=..                           | 2 3 3 4",
                "tag.state=odd                               | 3",
                "map>0.5                                     | 5",
                "metric.map=0.25                             | 2",
                "loss=NaN                                    | 2",
                "loss<1                                      |",
                "not loss<1                                  | 1 2 3 3 4 5",
                "optimizer.lr=1e-4                           | 2",
                "param.optimizer.lr=0.0001                   | 2",
                "optimizer.lr=0.9                            | 4",
                "param.epochs=16 model.layers>=4             | 4 5",
                "param.epochs!=16                            |",
                "age>2h                                      | 5",
                "age=..1h                                    | 2 3 3 4",
                "time>12h                                    | 2 5",
                "duration=0s..1min                           | 3 3 4",
                "cause=out_of_memory                         | 4",
                "cause!=exception and state=failed           | 4",
                "error~'No space'                            | 3 3",
                "'no SPACE'                                  | 3 3",
                "heap                                        | 4",
                "layers=4                                    | 4",
                "k1=0.9 or tag.layers=4                      | 2 4",
                "host=node05                                 | 2",
                "type=sample.learn attempt=1                 | 2 3 3 4 5",
                "type=sample                                 |",
                "experiment=grid                             | 1 2 3",
                "experiment=grid,other                       | 1 2 3 3 4",
                "not experiment~.                            | 5",
                "launcher=cluster                            | 5",
                "launcher=night                              | 4",
                "launcher!=night and host=..                 | 2 3 3 5",
            })
    void list_filter_selectsRows(String filter, String layers) {
        String expected = layers == null ? "" : layers;

        assertThat(layers("list", filter)).as(filter).isEqualTo(expected);
        assertThat(layers("list", "--filter", filter)).isEqualTo(expected);
    }

    @Test
    void list_severalArgumentsAndOptions_mustAllHold() {
        assertThat(layers("list", "state=failed", "k1=1.5")).isEqualTo("4");
        assertThat(layers("list", "k1=1.5 or k1=0.6", "state=failed")).isEqualTo("4");
        assertThat(layers("list", "--state", "failed", "--experiment", "grid", "k1>1"))
                .isEqualTo("3");
        assertThat(layers("list", "--tags", "k1=0.6", "--filter", "state=new")).isEqualTo("1");
        assertThat(layers("list", "run~^grid/")).isEqualTo("1 2 3");
        assertThat(layers("list", "run=grid/" + runOf("grid"), "state=new")).isEqualTo("1");
    }

    private String runOf(String experiment) {
        return sample.workspace().experiment(experiment).runs().getFirst().name();
    }

    @Test
    void list_wrongFilter_showsThePlaceAndTheNearName() {
        SampleWorkspace.Result unknown = sample.execute(new JobsCommand(), "list", "state=failed and lyers=3");
        assertThat(unknown.err())
                .isEqualTo("Error: Cannot use the filter:\n"
                        + "    state=failed and lyers=3\n"
                        + "                     ^ No job has a tag, metric or parameter \"lyers\"; did you mean"
                        + " \"layers\"?\n");
        assertThat(unknown.exitCode()).isEqualTo(1);
        SampleWorkspace.Result syntax = sample.execute(new JobsCommand(), "list", "(state=failed");
        assertThat(syntax.err()).contains("    (state=failed\n    ^ the parenthesis is not closed", "Try: ");
        assertThat(syntax.exitCode()).isEqualTo(2);
        assertThat(sample.execute(new JobsCommand(), "list", "stat=failed").err())
                .contains("did you mean \"state\"?");
        assertThat(sample.execute(new JobsCommand(), "list", "experiment=grd").err())
                .contains("There is no experiment \"grd\"; did you mean \"grid\"?");
        assertThat(sample.execute(new JobsCommand(), "list", "param.optimizer.lt=3")
                        .err())
                .contains("No job has a parameter \"optimizer.lt\"; did you mean \"optimizer.lr\"?");
    }

    @Test
    void list_expressionThatIsTooDeep_isNamed() throws IOException {
        sample.run("deep", Map.of(job(6, 0.5), Map.of("text", "ab".repeat(50_000))));

        assertThat(sample.execute(new JobsCommand(), "list", "text~'^(a|b)*$'").err())
                .startsWith("Error: Cannot search ^(a|b)*$ in a text of 100000 characters: the expression needs too");
        assertThat(layers("list", "text~'^[ab]*$'")).isEqualTo("6");
    }

    @Test
    void list_nothingFound_saysWhatToWrite() {
        assertThat(sample.execute(new JobsCommand(), "list", "corrupt").err())
                .contains("None of the 5 jobs", "to select by the state, write state=corrupt");
        assertThat(sample.execute(new JobsCommand(), "list", "k1=7").err())
                .contains("no job has the tag k1=7; its values are 0.6, 0.9, 1.2, 1.5, auto");
    }

    @Test
    void list_presets_areThoseOfTheSettings() throws IOException {
        Files.writeString(
                folder.resolve("settings.yaml"), "filters: {bad: \"state=failed and k1=1.2\", mine: layers=4}\n");

        assertThat(layers("list", "@bad")).isEqualTo("3");
        assertThat(layers("list", "not (@bad) state=failed")).isEqualTo("3 4");
        assertThat(layers("list", "--filter", "@bad or @mine")).isEqualTo("3 4");
        assertThat(sample.execute(new JobsCommand(), "list", "--filter", "@bat").err())
                .contains("there is no filter @bat; did you mean \"bad\"? The filters are bad, mine");
    }

    @Test
    void list_presetThatIsNoText_isReportedWithItsPlace_andTheOthersWork() throws IOException {
        Path settings = folder.resolve("settings.yaml");
        Files.writeString(settings, "filters:\n  bad: [state=failed]\n  mine: layers=4\n  odd: 3\n");

        SampleWorkspace.Result others = sample.execute(new JobsCommand(), "list", "@mine", "--columns", "layers");
        assertThat(others.out()).isEqualTo("LAYERS\n4\n");
        assertThat(others.err())
                .contains(
                        "Warning: " + settings + ":2:",
                        "\"filters.bad\" must be a text, found a list",
                        settings + ":4:",
                        "\"filters.odd\"");
        assertThat(sample.execute(new JobsCommand(), "list", "@bad").err())
                .contains("\"filters.bad\" must be a text", "there is no filter @bad", "mine");
        Files.writeString(settings, "filters: [state=failed]\n");
        assertThat(sample.execute(new JobsCommand(), "list", "@bad").err())
                .contains(settings + ":1:", "\"filters\" must be a map", "there is no filter @bad");
    }

    @Test
    void kill_fileOfAnExperiment_selectsItsJobsOnly(@TempDir Path plans) throws IOException {
        JobFolder running = job(8, 0.5);
        SampleWorkspace.begin(running, ProcessIdentity.current(), Instant.now());
        sample.run("kill-me", Map.of(running, Map.of()));
        Path file = Files.writeString(plans.resolve("kill-me.yaml"), "id: kill-me\nplan: Plan\n");

        for (List<String> words :
                List.of(List.of("kill", file.toString()), List.of("kill", file.toString(), "time>0s"))) {
            assertThat(sample.execute(new JobsCommand(), words.toArray(String[]::new))
                            .err())
                    .contains(running.name(), "Add --yes to end these 1 jobs");
        }
        Path other = Files.writeString(plans.resolve("grid.yaml"), "id: grid\nplan: Plan\n");
        assertThat(sample.execute(new JobsCommand(), "kill", other.toString(), "state=running")
                        .err())
                .doesNotContain(running.name());
    }

    @Test
    void actions_experimentInThePlaceOfAnIdentifier_nameTheOption() {
        for (String command : List.of("kill", "clean", "retry", "why", "show", "pin", "path", "log")) {
            assertThat(sample.execute(new JobsCommand(), command, "grid").err())
                    .as(command)
                    .contains("There is no job \"grid\"", "it is an experiment", "--experiment grid");
        }
    }

    @Test
    void actions_severalIdentifiers_oneOfThemWrong_doNothing() throws IOException {
        JobFolder first = job(1, 0.5);
        for (String command : List.of("kill", "clean", "retry", "why", "diff")) {
            SampleWorkspace.Result wrong =
                    sample.execute(new JobsCommand(), command, first.id().toString(), "zz");
            assertThat(wrong.err()).as(command).contains("There is no job \"zz\"");
            assertThat(wrong.out()).as(command).isEmpty();
        }
        assertThat(sample.execute(
                                new JobsCommand(),
                                "diff",
                                first.id().toString(),
                                first.id().toString())
                        .err())
                .contains("A comparison needs two jobs or more");
    }

    @Test
    void kill_filter_namesItIfNoJobLikeThatRuns() {
        SampleWorkspace.Result none = sample.execute(new JobsCommand(), "kill", "--filter", "state=failed and age<2h");

        assertThat(none.err())
                .contains("No job runs in " + folder + " that the filter state=failed and age<2h selects");
        assertThat(sample.execute(new JobsCommand(), "kill", "--filter", "state=running")
                        .err())
                .contains("Add --yes to end these 1 jobs");
        assertThat(sample.execute(new JobsCommand(), "kill", "ab", "--filter", "a")
                        .exitCode())
                .isEqualTo(2);
    }

    @Test
    void runs_filter_areThoseThatSubmittedSuchJobs() {
        assertThat(runs("list")).containsExactly("grid 3", "other 2");
        assertThat(runs("list", "layers=4")).containsExactly("other 1");
        assertThat(runs("list", "state=failed")).containsExactly("grid 1", "other 2");
        assertThat(runs("list", "--experiment", "grid", "k1<1")).containsExactly("grid 2");
        assertThat(sample.execute(new RunsCommand(), "list", "k1=0.6", "state=done")
                        .err())
                .contains("None of the 2 runs in " + folder + " has a job like that");
    }

    private Stream<String> runs(String... arguments) {
        return sample.execute(new RunsCommand(), arguments)
                .out()
                .lines()
                .skip(1)
                .map(line -> line.replaceAll("^(\\w+)/\\S+ +\\w+ +(\\d+).*", "$1 $2"));
    }

    /** Returns the layers of the listed jobs, one for each row. */
    private String layers(String... arguments) {
        String[] all = Stream.concat(
                        Stream.of(arguments),
                        Stream.of("--columns", "param.model.layers", "--sort", "param.model.layers"))
                .toArray(String[]::new);
        SampleWorkspace.Result result = sample.execute(new JobsCommand(), all);
        assertThat(result.exitCode()).as(result.err()).isZero();
        List<String> lines = result.out().lines().skip(1).toList();
        return String.join(" ", lines);
    }

    private JobFolder job(int layers, double lr) throws IOException {
        return sample.store(SampleWorkspace.learn(layers, SampleWorkspace.adam(lr), 16));
    }
}
