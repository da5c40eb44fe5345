package org.experimaestro.monitor.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.experimaestro.ConfigId;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobState;
import org.experimaestro.workspace.Workspace;
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

    private JobView view(Map<String, Object> tags) {
        JobFolder job = Workspace.view(folder).job("filter.task", ConfigId.parse("00000000000000010000000000000002"));
        return Views.tagged(job, tags);
    }

    private boolean isFound(Object tag, String wanted) {
        return new JobFilter(null, Set.of(), Map.of("k", wanted)).accepts(view(Map.of("k", tag)));
    }
}
