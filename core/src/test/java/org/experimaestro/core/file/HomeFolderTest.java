package org.experimaestro.core.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.experimaestro.WorkspaceException;
import org.junit.jupiter.api.Test;

class HomeFolderTest {
    private static final String LISTED = "/home/listed";

    @Test
    void of_variable_countsMoreThanTheListOfUsers() {
        assertThat(HomeFolder.of("/scratch/me/", LISTED)).isEqualTo(Path.of("/scratch/me"));
    }

    @Test
    void of_variableThatNamesNoFolder_isTheOneOfTheList() {
        for (String variable : new String[] {null, "", "relative/folder", "~"}) {
            assertThat(HomeFolder.of(variable, LISTED)).isEqualTo(Path.of(LISTED));
        }
    }

    /** For a user that the system does not list, Java returns a question mark. */
    @Test
    void of_neither_saysWhatToDo() {
        assertThatThrownBy(() -> HomeFolder.of(null, "?"))
                .isInstanceOf(WorkspaceException.class)
                .hasMessage(
                        "Cannot find the home folder: the variable HOME is not set, and the system's list of users has"
                                + " \"?\" for this user; set HOME to an absolute path");
    }

    @Test
    void expand_tilde_isTheHomeFolderAndNobodyElses() {
        Path home = HomeFolder.current();
        assertThat(HomeFolder.expand("~")).isEqualTo(home);
        assertThat(HomeFolder.expand("~/a b/~")).isEqualTo(home.resolve("a b/~"));
        assertThat(HomeFolder.expand("~ann/x")).isEqualTo(Path.of("~ann/x"));
        assertThat(HomeFolder.expand("/x/~/y")).isEqualTo(Path.of("/x/~/y"));
    }

    @Test
    void shorten_pathBelowTheHomeOrWithoutOne_isShortOrWhole() {
        Path file = Path.of("/home/me/.config/a.yaml");
        assertThat(HomeFolder.shorten(file, "/home/me", null)).isEqualTo("~/.config/a.yaml");
        assertThat(HomeFolder.shorten(file, "/home/you", null)).isEqualTo(file.toString());
        assertThat(HomeFolder.shorten(file, null, "?")).isEqualTo(file.toString());
    }
}
