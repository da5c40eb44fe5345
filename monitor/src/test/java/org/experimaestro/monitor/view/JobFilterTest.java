package org.experimaestro.monitor.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.experimaestro.ConfigId;
import org.experimaestro.workspace.JobFolder;
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

    private boolean isFound(Object tag, String wanted) {
        JobFolder job = Workspace.view(folder).job("filter.task", ConfigId.parse("00000000000000010000000000000002"));
        JobView view = Views.tagged(job, Map.of("k", tag));
        return new JobFilter(null, Set.of(), Map.of("k", wanted)).accepts(view);
    }
}
