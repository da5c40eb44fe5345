package org.experimaestro.monitor.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.experimaestro.ConfigId;
import org.experimaestro.monitor.view.JobRow;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.monitor.view.RunSubmission;
import org.experimaestro.monitor.view.StoredParameters;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobState;
import org.experimaestro.workspace.Workspace;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilterRowsTest {
    @TempDir
    Path folder;

    @Test
    void accepts_numbers_areComparedAsNumbers() {
        assertThat(isFound(0.9, "0.9")).isTrue();
        assertThat(isFound(0.9, "9e-1")).isTrue();
        assertThat(isFound(0.9, "0.90000001")).isFalse();
        assertThat(isFound(5L, "5")).isTrue();
        assertThat(isFound(5L, "5.0")).isTrue();
        assertThat(isFound(5.0, "5")).isTrue();
        assertThat(isFound(5.5, "5")).isFalse();
        assertThat(isFound(1e10, "1e10")).isTrue();
        assertThat(isFound(5L, "five")).isFalse();
    }

    @Test
    void accepts_floatThatAnEarlierVersionStored_isFoundByItsText() {
        assertThat(isFound((double) 0.9f, "0.9")).isTrue();
        assertThat(isFound((double) 0.9f, "0.8999999761581421")).isTrue();
        assertThat(isFound((double) 0.9f, "0.90")).isTrue();
        assertThat(isFound((double) 0.9f, "0.8")).isFalse();
        assertThat(isFound((double) 0.9f, "0.90000001")).isFalse();
        assertThat(isFound(0.5, "0.50000001")).isFalse();
        assertThat(isFound(16_777_216.0, "16777217")).isFalse();
    }

    @Test
    void accepts_texts_areComparedAsTexts() {
        assertThat(isFound("NaN", "NaN")).isTrue();
        assertThat(isFound("-Infinity", "-Infinity")).isTrue();
        assertThat(isFound(true, "true")).isTrue();
        assertThat(isFound("5", "5.0")).isFalse();
    }

    /** Compared with each condition by itself. */
    @Test
    void accepts_anyFilter_isTrueIfEachOfItsConditionsIs() {
        Random random = new Random(7);
        List<JobState> states = List.of(JobState.NEW, JobState.DONE);
        for (int i = 0; i < 300; i++) {
            Map<String, Object> tags = Map.of("n", (long) random.nextInt(2), "t", "x" + random.nextInt(2));
            JobView job = view(tags);
            String experiment =
                    random.nextBoolean() ? null : List.of("grid", "other").get(random.nextInt(2));
            Set<JobState> wanted = random.nextBoolean() ? Set.of() : Set.of(states.get(random.nextInt(2)));
            Map<String, String> asked = random.nextBoolean() ? Map.of() : Map.of("n", "1", "t", "x1");

            boolean expected = (experiment == null || experiment.equals("grid"))
                    && (wanted.isEmpty() || wanted.contains(JobState.NEW))
                    && (asked.isEmpty() || tags.equals(Map.of("n", 1L, "t", "x1")));
            assertThat(!select(filter(experiment, wanted, asked), job).isEmpty())
                    .isEqualTo(expected);
        }
    }

    @Test
    void rows_twoExperiments_keepTheirOwnTags() {
        JobView job = submitted(
                submission("first", "1", Map.of("a", 1L, "b", 1L)), submission("second", "2", Map.of("a", 1L)));

        assertThat(rows(null, Map.of(), job)).containsExactly("{a=1, b=1} [first]", "{a=1} [second]");
        assertThat(rows("first", Map.of(), job)).containsExactly("{a=1, b=1} [first]");
        assertThat(rows("second", Map.of(), job)).containsExactly("{a=1} [second]");
        assertThat(rows("first", Map.of("b", "1"), job)).containsExactly("{a=1, b=1} [first]");
        assertThat(rows("second", Map.of("b", "1"), job)).isEmpty();
        assertThat(rows(null, Map.of("b", "1"), job)).containsExactly("{a=1, b=1} [first]");
    }

    @Test
    void rows_equalTagsOfTwoExperiments_areOneRow() {
        JobView job = submitted(submission("second", "1", Map.of("a", 1L)), submission("first", "2", Map.of("a", 1L)));

        assertThat(rows(null, Map.of(), job)).containsExactly("{a=1} [first, second]");
        assertThat(rows("second", Map.of(), job)).containsExactly("{a=1} [second]");
    }

    @Test
    void rows_severalRunsOfAnExperiment_areThoseOfTheLatestThatNamedTheJob() {
        JobView job = submitted(
                submission("grid", "1", Map.of("old", 1L)),
                submission("other", "2", Map.of("x", 1L)),
                submission("grid", "3", Map.of("new", 1L)));

        assertThat(rows("grid", Map.of(), job)).containsExactly("{new=1} [grid]");
        assertThat(rows("grid", Map.of("old", "1"), job)).isEmpty();
        // Without an experiment, the tags of any submission count.
        assertThat(rows(null, Map.of("old", "1"), job)).containsExactly("{old=1} [grid]");
        assertThat(rows(null, Map.of(), job)).containsExactly("{x=1} [other]", "{new=1} [grid]");
    }

    @Test
    void rows_jobThatARunSubmittedTwice_areNeverMerged() {
        JobView job = submitted(
                submission("grid", "1", Map.of("a", 1L)),
                submission("grid", "1", Map.of("b", 2L)),
                submission("grid", "1", Map.of("a", 3L)));

        assertThat(rows("grid", Map.of(), job)).containsExactly("{a=1} [grid]", "{b=2} [grid]", "{a=3} [grid]");
        assertThat(rows("grid", Map.of("a", "3"), job)).containsExactly("{a=3} [grid]");
        assertThat(rows("grid", Map.of("a", "1", "b", "2"), job)).isEmpty();
        JobsView view = new JobsView(List.of(job), List.of(), new TreeSet<>(Set.of("grid")), List.of());
        assertThat(view.jobs(Filter.ofTags(Map.of("b", "2")))).containsExactly(job);
        assertThat(view.rows(Filter.ALL)).hasSize(3);
    }

    @Test
    void rows_tagOfAnotherExperiment_isUnknownInThisOne() {
        JobView job = submitted(submission("first", "1", Map.of("a", 1L)), submission("second", "2", Map.of("b", 2L)));
        JobsView view = new JobsView(List.of(job), List.of(), new TreeSet<>(Set.of("first", "second")), List.of());

        assertThatThrownBy(() -> view.rows(filter("second", Set.of(), Map.of("a", "1"))))
                .hasMessageContaining("No job of the experiment second has a tag \"a\"")
                .hasMessageContaining("the tags are b");
        assertThat(Filter.ofTags(Map.of("a", "7")).advice(view))
                .containsExactly("no job has the tag a=7; its values are 1");
    }

    @Test
    void rows_experimentAndRun_areThoseOfThatRun() {
        JobView job = submitted(submission("grid", "1", Map.of("old", 1L)), submission("grid", "3", Map.of("new", 1L)));

        assertThat(texts(Filter.parse("experiment=grid and run=1"), job)).containsExactly("{old=1} [grid]");
        assertThat(texts(Filter.parse("run=1 old=1"), job)).containsExactly("{old=1} [grid]");
        assertThat(texts(Filter.parse("run<2"), job)).containsExactly("{old=1} [grid]");
        assertThat(texts(Filter.parse("experiment=grid old=1"), job)).isEmpty();
        assertThat(texts(Filter.parse("not experiment=grid"), job)).isEmpty();
    }

    @Test
    void rows_ofAnotherExperiment_areThoseThatTheOthersSubmitted() {
        JobView job = submitted(submission("first", "1", Map.of("a", 1L)), submission("second", "2", Map.of("b", 2L)));

        assertThat(texts(Filter.parse("experiment!=first"), job)).containsExactly("{b=2} [second]");
        assertThat(texts(Filter.parse("experiment=first,second"), job))
                .containsExactly("{a=1} [first]", "{b=2} [second]");
        assertThat(texts(Filter.parse("experiment~^f"), job)).containsExactly("{a=1} [first]");
    }

    private static Filter filter(@Nullable String experiment, Set<JobState> states, Map<String, String> tags) {
        return (experiment == null ? Filter.ALL : Filter.ofExperiment(experiment))
                .and(Filter.ofStates(states))
                .and(Filter.ofTags(tags));
    }

    private List<String> rows(@Nullable String experiment, Map<String, String> tags, JobView job) {
        return texts(filter(experiment, Set.of(), tags), job);
    }

    private List<String> texts(Filter filter, JobView job) {
        return select(filter, job).stream()
                .map(row -> new TreeMap<>(row.tags()) + " " + row.experiments())
                .toList();
    }

    /** Selects rows of a job, beside another job that has all names. */
    private List<JobRow> select(Filter filter, JobView job) {
        Map<String, Object> all = Map.of("a", 0L, "b", 0L, "old", 0L, "new", 0L, "x", 0L, "n", 0L, "t", "", "k", "");
        SortedSet<String> experiments = new TreeSet<>(Set.of("first", "second", "grid", "other"));
        JobView known = submitted(experiments.stream()
                .map(experiment -> submission(experiment, "0", all))
                .toArray(RunSubmission[]::new));
        JobsView view = new JobsView(List.of(known, job), List.of(), experiments, List.of());
        return view.rows(filter).stream().filter(row -> row.job() == job).toList();
    }

    private static RunSubmission submission(String experiment, String run, Map<String, Object> tags) {
        return new RunSubmission(experiment, run, "filter.task/1", tags, List.of());
    }

    private JobView submitted(RunSubmission... submissions) {
        JobFolder job = Workspace.view(folder).job("filter.task", ConfigId.parse("00000000000000010000000000000002"));
        return new JobView(job, job.status(), List.of(submissions), List.of(), "", StoredParameters.of(job, true));
    }

    private JobView view(Map<String, Object> tags) {
        JobFolder job = Workspace.view(folder).job("filter.task", ConfigId.parse("00000000000000010000000000000002"));
        RunSubmission submission = new RunSubmission("grid", "20261128-120000", job.name(), tags, List.of());
        return new JobView(job, job.status(), List.of(submission), List.of(), "", StoredParameters.of(job, true));
    }

    private boolean isFound(Object tag, String wanted) {
        return !select(Filter.ofTags(Map.of("k", wanted)), view(Map.of("k", tag)))
                .isEmpty();
    }
}
