package org.experimaestro.model.root;

import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.experimaestro.base.text.NearName;

/** The folders of the named roots on this host, the same for the whole process. Thread-safe. */
public final class RootPlaces {
    /** The rule for names of roots, as advice. */
    public static final String NAME_ADVICE = "use letters, digits, \"-\" and \"_\"";

    private static volatile SortedMap<String, Path> places = Collections.emptySortedMap();

    private RootPlaces() {}

    /**
     * Sets the roots of this process, and removes the roots that it had. A process calls it once, before it makes a
     * path.
     *
     * @param roots the folder of each root by its name: absolute paths of this host
     */
    public static void define(Map<String, Path> roots) {
        places = Collections.unmodifiableSortedMap(new TreeMap<>(roots));
    }

    /**
     * Returns the roots of this process.
     *
     * @return the folder of each root by its name, unmodifiable
     */
    public static SortedMap<String, Path> current() {
        return places;
    }

    /**
     * Returns whether a text can be the name of a root.
     *
     * @param text any text
     * @return true for one or more ASCII letters, digits, {@code -} and {@code _}
     */
    public static boolean isName(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean allowed =
                    c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_';
            if (!allowed) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /**
     * Returns the reason why a root has no folder here.
     *
     * @param root a name
     * @return a phrase; empty if the root is defined
     */
    public static Optional<String> problem(String root) {
        return places.containsKey(root)
                ? Optional.empty()
                : Optional.of("no root \"" + root + "\" is defined here"
                        + (places.isEmpty() ? "" : ", the roots are " + String.join(", ", places.keySet())));
    }

    /**
     * Returns the advice for a root that has no folder here.
     *
     * @param root a name that is not defined
     * @return a clause
     */
    public static String advice(String root) {
        return NearName.advice(root, places.keySet())
                        .map(question -> question + " Else ")
                        .orElse("")
                + "write \"roots: {" + root
                + ": /its/folder}\" in ~/.config/experimaestro/settings.yaml, in the workspace's settings.yaml, or for the"
                + " launcher of a job on another host; the path of a file or folder of that very name begins with \"./\"";
    }
}
