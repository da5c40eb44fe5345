package org.experimaestro.loader.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.experimaestro.PlanException;

/**
 * The module that has the plan, and what of the disk belongs to its build.
 *
 * @param module folder of the plan's module
 * @param root folder of the topmost project that builds the module, the module's own if there is no other
 * @param base folder that all the others are below
 * @param trees folders that take part with all they hold, none inside another
 * @param parents poms outside those folders that are parents of poms inside
 */
record MavenProject(Path module, Path root, Path base, List<Path> trees, Set<Path> parents) {

    /**
     * The project in or above a folder. In a project of poms alone, the module whose sources have the class is meant.
     *
     * @throws PlanException when there is no project, or a pom cannot be read
     */
    static MavenProject find(Path folder, String className) throws IOException {
        Pom nearest = Pom.read(nearestPom(folder, className));
        Map<Path, Pom> reactor = reactor(topmost(nearest));
        Pom root = reactor.values().iterator().next();
        Pom module = nearest.isAggregator() ? moduleOf(className, nearest) : nearest;
        Set<Path> folders = new TreeSet<>();
        reactor.values().forEach(pom -> folders.add(pom.folder()));
        List<Path> trees = folders.stream()
                .filter(tree -> folders.stream().noneMatch(other -> !other.equals(tree) && tree.startsWith(other)))
                .toList();
        Set<Path> parents = parents(reactor, trees);
        Path base = base(trees, parents);
        return new MavenProject(module.folder(), root.folder(), base, trees, parents);
    }

    /** The nearest pom in or above a folder. */
    static Optional<Path> findPom(Path folder) {
        for (Path place = folder.toAbsolutePath().normalize(); place != null; place = place.getParent()) {
            if (Files.isRegularFile(place.resolve("pom.xml"))) {
                return Optional.of(place.resolve("pom.xml"));
            }
        }
        return Optional.empty();
    }

    private static Path nearestPom(Path folder, String className) {
        return findPom(folder)
                .orElseThrow(() -> new PlanException(
                        "Cannot find the plan class " + className + ": there is no Maven project in or above " + folder,
                        null,
                        "put the YAML file into the project (below its pom.xml), or name a source file with"
                                + " \"file:\"",
                        null));
    }

    /** The topmost project above that lists the module, itself or through others. */
    private static Pom topmost(Pom module) throws IOException {
        Pom top = module;
        Path above = module.folder().getParent();
        for (; above != null; above = above.getParent()) {
            Path candidate = above.resolve("pom.xml");
            if (Files.isRegularFile(candidate)) {
                Map<Path, Pom> reactor = reactor(Pom.read(candidate));
                if (reactor.containsKey(top.file())) {
                    top = reactor.values().iterator().next();
                }
            }
        }
        return top;
    }

    /** A project with all its modules, itself first. */
    private static Map<Path, Pom> reactor(Pom root) throws IOException {
        Map<Path, Pom> reactor = new LinkedHashMap<>();
        Deque<Pom> open = new ArrayDeque<>(List.of(root));
        while (!open.isEmpty()) {
            Pom pom = open.removeFirst();
            if (reactor.putIfAbsent(pom.file(), pom) == null) {
                for (Path module : pom.modules()) {
                    open.add(Pom.read(module));
                }
            }
        }
        return reactor;
    }

    private static Pom moduleOf(String className, Pom aggregator) throws IOException {
        List<Pom> modules = reactor(aggregator).values().stream()
                .filter(pom -> !pom.isAggregator())
                .toList();
        List<Pom> having = new ArrayList<>();
        for (Pom module : modules) {
            if (hasSource(className, module.folder())) {
                having.add(module);
            }
        }
        if (having.size() == 1) {
            return having.getFirst();
        }
        List<String> names = modules.stream()
                .map(pom -> aggregator.folder().relativize(pom.folder()).toString())
                .toList();
        throw new PlanException(
                "Cannot tell which module of " + aggregator.folder() + " has the plan class " + className + ": "
                        + (having.isEmpty() ? "none has" : "several have") + " a source of that name",
                null,
                "put the YAML file into the plan's module. Modules: " + String.join(", ", names),
                null);
    }

    /** Nested classes are in the source of an outer one. */
    private static boolean hasSource(String className, Path module) throws IOException {
        String path = className.replace('$', '.').replace('.', '/');
        while (!path.isEmpty()) {
            for (String language : List.of("java", "kotlin", "groovy", "scala")) {
                Path source = module.resolve("src/main/" + language + "/" + path);
                Path folder = source.getParent();
                String prefix = source.getFileName() + ".";
                if (folder != null && Files.isDirectory(folder)) {
                    try (Stream<Path> files = Files.list(folder)) {
                        if (files.anyMatch(file -> file.getFileName().toString().startsWith(prefix))) {
                            return true;
                        }
                    }
                }
            }
            path = path.substring(0, Math.max(0, path.lastIndexOf('/')));
        }
        return false;
    }

    private static Set<Path> parents(Map<Path, Pom> reactor, List<Path> trees) throws IOException {
        Set<Path> parents = new TreeSet<>();
        for (Pom pom : reactor.values()) {
            Optional<Path> parent = pom.findParent();
            while (parent.isPresent()) {
                Path file = parent.get();
                boolean inside = trees.stream().anyMatch(file::startsWith);
                if (!inside && !parents.add(file)) {
                    break;
                }
                parent = inside ? Optional.empty() : Pom.read(file).findParent();
            }
        }
        return parents;
    }

    private static Path base(List<Path> trees, Set<Path> parents) {
        Path base = trees.getFirst();
        for (Path place : Stream.concat(trees.stream(), parents.stream().map(file -> file.resolveSibling("")))
                .toList()) {
            while (!place.startsWith(base)) {
                Path above = base.getParent();
                if (above == null) {
                    throw new PlanException(
                            "Cannot copy the Maven project: " + place + " and " + base + " have no folder in common");
                }
                base = above;
            }
        }
        return base;
    }
}
