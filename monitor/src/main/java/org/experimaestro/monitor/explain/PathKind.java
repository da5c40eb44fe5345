package org.experimaestro.monitor.explain;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.experimaestro.model.identity.JobPath;
import org.experimaestro.model.root.RootedPath;
import org.jspecify.annotations.Nullable;

/** The part of a stored path that counts in an identifier. */
enum PathKind {
    PLAIN("absolute path"),
    ROOTED("path below a named root"),
    OF_JOB("path in a job's folder");

    private final String words;

    PathKind(String words) {
        this.words = words;
    }

    /** Returns the kind of a path's stored text, which is absolute, below a root, or relative to the workspace. */
    static PathKind of(String text) {
        if (JobPath.find("/" + text) != null) {
            return OF_JOB;
        }
        return RootedPath.isWritten(text) ? ROOTED : PLAIN;
    }

    /**
     * Returns the parts of a parameter's paths that count, in words.
     *
     * @param json the stored value
     * @param isContent whether a file's content counts instead of its path
     * @return the words; empty for a value without paths
     */
    static String words(@Nullable Object json, boolean isContent) {
        Set<PathKind> kinds = EnumSet.noneOf(PathKind.class);
        collect(json, kinds);
        return kinds.stream()
                .map(kind -> isContent && kind != OF_JOB ? "content of the " + kind.words : kind.words)
                .collect(Collectors.joining(", "));
    }

    private static void collect(@Nullable Object json, Set<PathKind> kinds) {
        if (json instanceof String text) {
            kinds.add(of(text));
        } else if (json instanceof Collection<?> elements) {
            elements.forEach(element -> collect(element, kinds));
        } else if (json instanceof Map<?, ?> map) {
            collect(map.values(), kinds);
        }
    }

    @Override
    public String toString() {
        return words;
    }
}
