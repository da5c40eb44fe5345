package org.experimaestro.loader.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.experimaestro.base.file.Folders;

/** The steps from a Java source file to a plan: search the cache, resolve, compile, pack, store. */
final class SourcePlan {
    private final Toolbox toolbox;
    private final DependencyResolver resolver;
    private final Listener listener;
    private final InstantSource clock;
    private final CompiledPlanCache cache;

    SourcePlan(Toolbox toolbox, DependencyResolver resolver, Listener listener, InstantSource clock) {
        this.toolbox = toolbox;
        this.resolver = resolver;
        this.listener = listener;
        this.clock = clock;
        this.cache = new CompiledPlanCache(toolbox.cache(), clock);
    }

    PlanCode load(Path javaFile) throws IOException {
        SourceFolder folder = SourceFolder.read(javaFile);
        Directives directives = Directives.of(folder);
        String key = key(folder, directives);
        Optional<CachedPlan> cached = cache.find(key);
        if (cached.isPresent()) {
            return code(folder, cached.get(), true);
        }
        return code(folder, cache.store(key, entry -> make(folder, directives, entry)), false);
    }

    private static PlanCode code(SourceFolder folder, CachedPlan plan, boolean fromCache) {
        SortedMap<Path, String> sources = new TreeMap<>();
        folder.sources()
                .forEach(source -> sources.put(source.path().toAbsolutePath().normalize(), source.text()));
        return new PlanCode(plan.planClass(), plan.classPath(), plan.libraries(), sources, fromCache);
    }

    private CachedPlan make(SourceFolder folder, Directives directives, Path entry) throws IOException {
        List<DependencyLine> dependencies = directives.libraries();
        if (!dependencies.isEmpty()) {
            listener.progress(
                    "Resolving " + (dependencies.size() == 1 ? "1 dependency" : dependencies.size() + " dependencies"));
        }
        ResolvedLibraries resolved = resolver.resolve(dependencies, directives.repositories());
        List<Library> libraries = new ArrayList<>();
        for (Path jar : directives.jars()) {
            libraries.add(new Library(jar.toString(), jar, SequenceDigest.ofFile(jar)));
        }
        libraries.addAll(resolved.libraries());
        List<Path> jars = libraries.stream().map(Library::jar).toList();
        int others = folder.sources().size() - 1;
        listener.progress("Compiling " + folder.plan().fileName() + (others == 0 ? "" : " and " + others + " more"));
        Path classes = Files.createDirectory(entry.resolve("classes"));
        Path generated = Files.createDirectory(entry.resolve("generated"));
        String planClass = new PlanCompiler(toolbox).compile(folder, jars, classes, generated);
        Path jar = entry.resolve("classes.jar");
        ClassesJar.write(classes, jar);
        Folders.delete(classes);
        Folders.delete(generated);
        List<Path> classPath = new ArrayList<>(List.of(jar));
        classPath.addAll(jars);
        return new CachedPlan(planClass, classPath, libraries, resolved.changing() ? clock.instant() : null);
    }

    private String key(SourceFolder folder, Directives directives) throws IOException {
        var digest = new SequenceDigest()
                .add("source")
                .add(ToolboxStamp.of(toolbox))
                .add(folder.plan().fileName());
        for (SourceFile source : folder.sources()) {
            digest.add(source.fileName()).add(source.text());
        }
        directives.addTo(digest);
        return digest.hex();
    }
}
