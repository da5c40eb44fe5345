package org.experimaestro.workspace.code;

import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The differences between the code that a job ran and other code. Immutable.
 *
 * @param classes the binary names of the project's classes that the task reaches and that differ, sorted
 * @param jars the names of the other jars that differ, sorted
 */
public record CodeChange(SortedSet<String> classes, SortedSet<String> jars) {
    /** No difference. */
    public static final CodeChange NONE = new CodeChange(new TreeSet<>(), new TreeSet<>());

    /** Copies the sets. */
    public CodeChange {
        classes = copy(classes);
        jars = copy(jars);
    }

    private static SortedSet<String> copy(Collection<String> names) {
        return Collections.unmodifiableSortedSet(new TreeSet<>(names));
    }

    /**
     * Returns whether nothing differs.
     *
     * @return true if neither a class nor a jar does
     */
    public boolean isNone() {
        return classes.isEmpty() && jars.isEmpty();
    }
}
