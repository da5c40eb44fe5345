package org.experimaestro.core.git;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The treatment of a run whose plan is in a repository with changes that are not committed. */
public enum DirtyGit {
    /** The run stores the changes, and says nothing. This is the default. */
    IGNORE,

    /** The run stores the changes, and warns. */
    WARN,

    /** The run does not start: it needs a commit that is all of the plan's code. */
    ERROR;

    /**
     * Returns the word of the treatment in files.
     *
     * @return the name in lower case
     */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Finds a treatment by its word.
     *
     * @param word any text
     * @return empty if it is none of {@code ignore}, {@code warn} and {@code error}
     */
    public static Optional<DirtyGit> of(String word) {
        return Arrays.stream(values()).filter(each -> each.word().equals(word)).findFirst();
    }
}
