package org.experimaestro.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunCodeTest {
    private static final String A = "a".repeat(64);
    private static final String B = "b".repeat(64);
    private static final String C = "c".repeat(64);
    private static final String D = "d".repeat(64);

    @Test
    void text_changes_areCounted() {
        assertThat(RunCode.of(Map.of("git", Map.of("commit", "0123456789", "changed", 1, "untracked", 2)))
                        .orElseThrow()
                        .text())
                .isEqualTo("commit 01234567, 3 files changed");
        assertThat(RunCode.of(Map.of("git", Map.of("commit", "abc", "dirty", true)))
                        .orElseThrow()
                        .text())
                .isEqualTo("commit abc, files changed");
        assertThat(RunCode.of(Map.of("sources", Map.of())).orElseThrow().text()).isEqualTo("no commit, sources stored");
        assertThat(RunCode.of(Map.of("git", "damaged"))).isEmpty();
    }

    @Test
    void lacks_ofSubmodules_areNamedWithTheirPaths() {
        Map<String, Object> submodule = Map.of("path", "libs/a", "leftOut", List.of("1", "2", "3", "4"));
        assertThat(RunCode.lacks(Map.of("patchProblem", "no room", "submodules", List.of(submodule))))
                .containsExactly(
                        "no room", "submodule libs/a: left out, because of their sizes or kinds: 1, 2, 3 and 1 more");
    }

    @Test
    void files_areAllThatARunNeeds() {
        Map<String, Object> inner = Map.of("path", "b", "patch", D);
        Map<String, Object> git = Map.of("patch", C, "submodules", List.of(Map.of("submodules", List.of(inner))));
        assertThat(RunCode.files(
                        Map.of("settingsText", A, "sources", Map.of("files", Map.of("P.java", B)), "git", git)))
                .containsExactly(A + ".gz", B + ".gz", C + ".gz", D + ".gz");
    }
}
