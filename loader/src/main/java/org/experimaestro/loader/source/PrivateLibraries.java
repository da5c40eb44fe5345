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
 * Tells the libraries that only our own modules need from those of the user's project, on a class path that Maven has made
 * of both: the poms say who needs what. Too much rather than too little is left to the user: where a pom is missing, all.
 */
final class PrivateLibraries {
    private final Map<Path, Pom> poms = new LinkedHashMap<>();

    private PrivateLibraries() {}

    /**
     * The libraries that the user's project did not ask for.
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

    /** The pom beside a jar of a repository, or that of the project whose {@code target} folder has the jar or the classes. */
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

    /** Where a repository has the pom of a jar, also of one with a classifier: {@code ARTIFACT/VERSION/ARTIFACT-VERSION.pom}. */
    private static Path beside(Path jar) {
        Path version = jar.resolveSibling("").normalize();
        Path artifact = version.resolveSibling("").normalize();
        return version.resolve(artifact.getFileName() + "-" + version.getFileName() + ".pom");
    }

    /** All entries that some need, and these themselves; what is beyond others is not followed. */
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

    /** What an entry needs by its pom, and by the parents of that which are there. */
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
