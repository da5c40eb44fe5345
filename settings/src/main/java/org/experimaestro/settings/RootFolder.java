package org.experimaestro.settings;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.experimaestro.core.file.HomeFolder;
import org.experimaestro.model.identity.JobPath;
import org.experimaestro.model.root.RootPlaces;

/**
 * The folder of a named root, as it is written under the key {@code roots}.
 *
 * @param text an absolute path, or one that begins with {@code ~/}
 */
@WrittenAs(one = "an absolute path", many = "absolute paths")
public record RootFolder(String text) {
    static RootFolder parse(String text) {
        if (!text.startsWith("/") && !text.equals("~") && !text.startsWith("~/")) {
            throw new IllegalArgumentException("write the whole path of the root's folder, as in /srv/corpora");
        }
        try {
            Path folder = Path.of(text).normalize();
            if (JobPath.of(folder) != null) {
                throw new IllegalArgumentException(
                        "a root cannot be in the folder of a job, whose paths are known by the job; write those paths as they"
                                + " are");
            }
        } catch (InvalidPathException refused) {
            throw new IllegalArgumentException("that cannot be a path: " + refused.getReason(), refused);
        }
        return new RootFolder(text);
    }

    /**
     * Checks the names of roots.
     *
     * @param written the value of the key {@code roots}
     * @param problems receives the problems of the names
     * @return the folder of each root, as it is written, by its name
     */
    public static SortedMap<String, String> texts(Map<String, Located<RootFolder>> written, Problems problems) {
        SortedMap<String, String> roots = new TreeMap<>();
        written.forEach((name, folder) -> {
            if (!RootPlaces.isName(name)) {
                problems.add(
                        folder.origin(),
                        "%s cannot be the name of a root".formatted(Texts.quote(name)),
                        RootPlaces.NAME_ADVICE);
            }
            roots.put(name, folder.value().text());
        });
        return roots;
    }

    /** Returns the folders on this machine: absolute, normalized paths. */
    static SortedMap<String, Path> places(Map<String, Located<RootFolder>> written, Problems problems) {
        SortedMap<String, Path> places = new TreeMap<>();
        texts(written, problems)
                .forEach(
                        (name, text) -> places.put(name, HomeFolder.expand(text).normalize()));
        return places;
    }
}
