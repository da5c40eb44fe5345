package org.experimaestro.loader.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A search for the libraries that only our own modules need, on a class path that Maven has made of these and the
 * user's project. The poms list the dependencies. In doubt a library is the user's: if a pom is missing, all are.
 */
final class PrivateLibraries {
    private final Map<Path, Pom> poms = new LinkedHashMap<>();

    private PrivateLibraries() {}

    /**
     * Returns the libraries that the user's project does not require.
     *
     * @param own our jars and folders of classes on the class path
     * @param foreign the others
     */
    static Set<Path> among(List<Path> own, List<Path> foreign) throws IOException {
        var libraries = new PrivateLibraries();
        libraries.read(own);
        libraries.read(foreign);
        if (!libraries.poms.keySet().containsAll(foreign)) {
            return Set.of();
        }
        Set<Path> projects = new LinkedHashSet<>();
        for (Path entry : foreign) {
            if (!isOfARepository(entry)) {
                projects.add(entry);
            }
        }
        if (projects.isEmpty()) {
            return Set.of();
        }
        Set<Path> wanted = libraries.reached(projects, new HashSet<>(own));
        Set<Path> ours = libraries.reached(own, projects);
        ours.retainAll(foreign);
        ours.removeAll(wanted);
        return ours;
    }

    private void read(List<Path> entries) throws IOException {
        for (Path entry : entries) {
            Optional<Path> pom = findPom(entry);
            if (pom.isPresent()) {
                poms.put(entry, Pom.read(pom.get()));
            }
        }
    }

    /**
     * Returns the pom beside a jar of a repository, or of the project whose {@code target} folder has the jar or the
     * classes.
     */
    private static Optional<Path> findPom(Path entry) {
        Path pom = isOfARepository(entry)
                ? beside(entry)
                : entry.resolveSibling("../pom.xml").normalize();
        Path folder = entry.getParent();
        boolean isPlaced = isOfARepository(entry) || folder != null && folder.endsWith("target");
        return isPlaced && Files.isRegularFile(pom) ? Optional.of(pom) : Optional.empty();
    }

    private static boolean isOfARepository(Path entry) {
        return entry.toString().endsWith(".jar") && Files.isRegularFile(beside(entry));
    }

    /**
     * Returns the pom of a jar in a repository, also of a jar with a classifier: {@code
     * ARTIFACT/VERSION/ARTIFACT-VERSION.pom}.
     */
    private static Path beside(Path jar) {
        Path version = jar.resolveSibling("").normalize();
        Path artifact = version.resolveSibling("").normalize();
        return version.resolve(artifact.getFileName() + "-" + version.getFileName() + ".pom");
    }

    /** Returns the roots and all entries that they need; the entries in {@code beyond} are not followed. */
    private Set<Path> reached(Collection<Path> roots, Set<Path> beyond) throws IOException {
        Set<Path> reached = new LinkedHashSet<>(roots);
        Deque<Path> left = new ArrayDeque<>(roots);
        while (!left.isEmpty()) {
            Path entry = left.remove();
            for (String needed : needs(entry)) {
                for (Map.Entry<Path, Pom> other : poms.entrySet()) {
                    if (matches(needed, other.getValue().coordinates())
                            && !beyond.contains(other.getKey())
                            && reached.add(other.getKey())) {
                        left.add(other.getKey());
                    }
                }
            }
        }
        return reached;
    }

    /** Returns the dependencies of an entry by its pom, and by those parents of the pom that exist. */
    private Set<String> needs(Path entry) throws IOException {
        Set<String> names = new LinkedHashSet<>();
        Pom pom = poms.get(entry);
        Set<Path> seen = new HashSet<>();
        while (pom != null && seen.add(pom.file())) {
            names.addAll(pom.dependencies(!isOfARepository(entry)));
            Optional<Path> parent = isOfARepository(entry) ? pom.findParentInRepository() : pom.findParent();
            pom = parent.isPresent() ? Pom.read(parent.get()) : null;
        }
        return names;
    }

    private static boolean matches(String needed, String coordinates) {
        return needed.startsWith("*:") ? coordinates.endsWith(needed.substring(1)) : needed.equals(coordinates);
    }
}
