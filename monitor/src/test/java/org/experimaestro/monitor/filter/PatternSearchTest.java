package org.experimaestro.monitor.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.regex.Pattern;
import org.experimaestro.WorkspaceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PatternSearchTest {
    @Test
    void isFound_nestedRepetitions_areStopped() {
        Pattern evil = Pattern.compile("((.*)*)*ZZ");

        assertThatThrownBy(() -> PatternSearch.isFound(evil, "no space left on device ".repeat(20)))
                .isInstanceOf(WorkspaceException.class)
                .hasMessageContaining("needs too much time; write it without repeated groups");
    }

    @Test
    void isFound_repeatedGroupInALongText_isStopped() {
        assertThatThrownBy(() -> PatternSearch.isFound(Pattern.compile("^(a|b)*$"), "ab".repeat(500_000)))
                .hasMessageContaining("needs too much memory");
    }

    @Test
    void isFound_longText_isSearched() {
        assertThat(PatternSearch.isFound(Pattern.compile("b$"), "a".repeat(100_000) + "b"))
                .isTrue();
        assertThat(PatternSearch.isFound(Pattern.compile("x"), "a".repeat(100_000)))
                .isFalse();
    }
}
