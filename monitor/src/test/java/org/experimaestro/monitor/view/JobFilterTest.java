package org.experimaestro.monitor.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.experimaestro.ConfigId;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobState;
import org.experimaestro.workspace.Workspace;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobFilterTest {
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
            assertThat(new JobFilter(experiment, wanted, asked).accepts(job)).isEqualTo(expected);
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
        assertThat(view.jobs(new JobFilter(null, Set.of(), Map.of("b", "2")))).containsExactly(job);
        assertThat(view.rows(JobFilter.ALL)).hasSize(3);
    }

    @Test
    void rows_tagOfAnotherExperiment_isUnknownInThisOne() {
        JobView job = submitted(submission("first", "1", Map.of("a", 1L)), submission("second", "2", Map.of("b", 2L)));
        JobsView view = new JobsView(List.of(job), List.of(), new TreeSet<>(Set.of("first", "second")), List.of());

        assertThatThrownBy(() -> view.rows(new JobFilter("second", Set.of(), Map.of("a", "1"))))
                .hasMessageContaining("No job of the experiment second has a tag \"a\"")
                .hasMessageContaining("the tags are b");
        assertThat(view.tagAdvice(new JobFilter(null, Set.of(), Map.of("a", "7"))))
                .containsExactly("no job has the tag a=7; its values are 1");
    }

    private static List<String> rows(@Nullable String experiment, Map<String, String> tags, JobView job) {
        return new JobFilter(experiment, Set.of(), tags)
                .rows(job).stream()
                        .map(row -> new TreeMap<>(row.tags()) + " " + row.experiments())
                        .toList();
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
        return Views.tagged(job, tags);
    }

    private boolean isFound(Object tag, String wanted) {
        return new JobFilter(null, Set.of(), Map.of("k", wanted)).accepts(view(Map.of("k", tag)));
    }
}
