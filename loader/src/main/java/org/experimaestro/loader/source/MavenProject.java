package org.experimaestro.loader.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.experimaestro.PlanException;
import org.experimaestro.settings.MavenOptions;

/**
 * The module that has the plan, and the files of its build.
 *
 * @param module folder of the plan's module
 * @param root folder of the topmost project that builds the module; the module's own folder if there is no other
 * @param base folder that contains all the others
 * @param trees folders that are inputs with all their content, none inside another: those of the modules, and the
 *     folders outside that their poms name by relative paths
 * @param parents poms outside those folders that are parents of poms inside
 * @param files other files outside those folders that poms name by relative paths
 * @param inPlace files and folders that poms name by absolute paths, which are not copied
 */
record MavenProject(
        Path module, Path root, Path base, List<Path> trees, Set<Path> parents, Set<Path> files, Set<Path> inPlace) {
    private static final String MAVEN_FOLDER = ".mvn";

    /**
     * Returns the project in or above a folder. In a project of poms alone, it is the module whose sources have the
     * class.
     *
     * @throws PlanException if there is no project, or a pom cannot be read
     */
    static MavenProject find(Path folder, String className, MavenOptions options) throws IOException {
        Pom nearest = Pom.read(nearestPom(folder, className));
        Map<Path, Pom> reactor = reactor(topmost(nearest));
        Pom root = reactor.values().iterator().next();
        Pom module = nearest.isAggregator() ? moduleOf(className, nearest) : nearest;
        refuseTestSource(className, module.folder());
        Set<Path> folders = new TreeSet<>();
        reactor.values().forEach(pom -> folders.add(pom.folder()));
        Set<Path> parents = parents(reactor, outermost(folders));
        OutsidePaths outside = OutsidePaths.of(heirs(reactor, parents), root.folder(), options.properties());
        Set<Path> files = new TreeSet<>();
        for (Path path : outside.relative()) {
            boolean holdsModule = folders.stream().anyMatch(each -> each.startsWith(path));
            if (Files.isRegularFile(path) && folders.stream().noneMatch(path::startsWith) && !parents.contains(path)) {
                files.add(path);
            } else if (Files.isDirectory(path) && !holdsModule) {
                folders.add(path);
            }
        }
        mavenFolderAbove(root.folder()).ifPresent(folders::add);
        List<Path> trees = outermost(folders);
        files.removeIf(file -> trees.stream().anyMatch(file::startsWith));
        Set<Path> inPlace = new TreeSet<>(outside.absolute());
        Path top = root.folder();
        inPlace.removeIf(path -> top.startsWith(path) || trees.stream().anyMatch(path::startsWith));
        return new MavenProject(
                module.folder(), root.folder(), base(trees, parents, files), trees, parents, files, inPlace);
    }

    /** Returns this project reduced to the files that are not copied. */
    MavenProject onlyInPlace() {
        return new MavenProject(module, root, base.getRoot(), List.copyOf(inPlace), Set.of(), Set.of(), Set.of());
    }

    private static List<Path> outermost(Set<Path> folders) {
        return folders.stream()
                .filter(tree -> folders.stream().noneMatch(other -> !other.equals(tree) && tree.startsWith(other)))
                .toList();
    }

    /**
     * Returns each pom with the folders that its relative paths may start from, because modules inherit from other
     * poms.
     */
    private static Map<Path, Collection<Path>> heirs(Map<Path, Pom> reactor, Set<Path> parents) {
        Set<Path> all = new TreeSet<>();
        reactor.values().forEach(pom -> all.add(pom.folder()));
        Map<Path, Collection<Path>> heirs = new LinkedHashMap<>();
        reactor.values().forEach(pom -> heirs.put(pom.file(), pom.isAggregator() ? all : List.of(pom.folder())));
        parents.forEach(parent -> heirs.put(parent, all));
        return heirs;
    }

    /**
     * Returns the folder of Maven's own options, which may be above the topmost project; Maven searches upwards, too.
     */
    private static Optional<Path> mavenFolderAbove(Path root) {
        for (Path place = root; place != null; place = place.getParent()) {
            if (Files.isDirectory(place.resolve(MAVEN_FOLDER))) {
                return place.equals(root) ? Optional.empty() : Optional.of(place.resolve(MAVEN_FOLDER));
            }
        }
        return Optional.empty();
    }

    private static void refuseTestSource(String className, Path module) throws IOException {
        if (hasSource(className, module.resolve("src/test")) && !hasSource(className, module.resolve("src/main"))) {
            throw PlanException.of("Cannot use the plan class " + className + ": its source is in "
                            + module.resolve("src/test") + ", and tests are not built for a run")
                    .advice("move it to src/main, or into a module of its own that has the test's libraries")
                    .build();
        }
    }

    /** Returns the nearest pom in or above a folder. */
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
                .orElseThrow(() -> PlanException.of("Cannot find the plan class " + className
                                + ": there is no Maven project in or above " + folder)
                        .advice("put the YAML file into the project (below its pom.xml), or name a source file with"
                                + " \"file:\"")
                        .build());
    }

    /** Returns the topmost project above that lists the module, directly or through others. */
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

    /** Returns a project with all its modules, itself first. */
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
            if (hasSource(className, module.folder().resolve("src/main"))) {
                having.add(module);
            }
        }
        if (having.size() == 1) {
            return having.getFirst();
        }
        for (Pom module : modules) {
            refuseTestSource(className, module.folder());
        }
        List<String> names = modules.stream()
                .map(pom -> aggregator.folder().relativize(pom.folder()).toString())
                .toList();
        throw PlanException.of("Cannot tell which module of " + aggregator.folder() + " has the plan class " + className
                        + ": " + (having.isEmpty() ? "none has" : "several have") + " a source of that name")
                .advice("put the YAML file into the plan's module. Modules: " + String.join(", ", names))
                .build();
    }

    /** Returns whether the sources have a class. Nested classes are in the source of their outer class. */
    private static boolean hasSource(String className, Path sources) throws IOException {
        String path = className.replace('$', '.').replace('.', '/');
        while (!path.isEmpty()) {
            for (String language : List.of("java", "kotlin", "groovy", "scala")) {
                Path source = sources.resolve(language).resolve(path);
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

    private static Path base(List<Path> trees, Set<Path> parents, Set<Path> files) {
        Path base = trees.getFirst();
        Stream<Path> folders = Stream.concat(parents.stream(), files.stream()).map(file -> file.resolveSibling(""));
        for (Path place : Stream.concat(trees.stream(), folders).toList()) {
            while (!place.startsWith(base)) {
                Path above = base.getParent();
                if (above == null) {
                    throw PlanException.of("Cannot copy the Maven project: " + place + " and " + base
                                    + " have no folder in common")
                            .build();
                }
                base = above;
            }
        }
        return base;
    }
}
