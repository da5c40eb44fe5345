package org.experimaestro.loader.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.experimaestro.base.file.PrivateFolder;
import org.experimaestro.settings.MavenOptions;

/** The steps from a Maven project to a plan: search the cache, copy, build, pack, store. */
final class MavenPlan {
    private static final Pattern VERSION_RANGE = Pattern.compile("<version>\\s*[\\[(]");

    private final Toolbox toolbox;
    private final MavenCommand command;
    private final Listener listener;
    private final InstantSource clock;
    private final CompiledPlanCache cache;

    MavenPlan(Toolbox toolbox, MavenCommand command, Listener listener, InstantSource clock) {
        this.toolbox = toolbox;
        this.command = command;
        this.listener = listener;
        this.clock = clock;
        this.cache = new CompiledPlanCache(toolbox.cache(), clock);
    }

    PlanCode load(Path folder, String className, MavenOptions options) throws IOException {
        MavenProject project = MavenProject.find(folder, className, options);
        String stamp = stamp(options);
        // The folder is private, because the files that are built there are executed.
        Path work = PrivateFolder.make(
                toolbox.cache().toAbsolutePath(),
                "maven",
                new SequenceDigest().add(project.root().toString()).hex());
        MavenInputs inputs = MavenInputs.read(project, work.resolve("inputs"));
        Optional<CachedPlan> cached = cache.find(key(project, work, inputs, stamp));
        if (cached.isPresent()) {
            return code(cached.get(), project, className, true);
        }
        try (ProjectLock _ = ProjectLock.acquire(
                work, () -> listener.progress("Waiting for another run that builds " + project.root()))) {
            var copy = new MavenCopy(work);
            MavenInputs copied = copy.synchronize(project, inputs, stamp);
            String key = key(project, work, copied, stamp);
            // Another run may have built it while this run waited.
            cached = cache.find(key);
            if (cached.isPresent()) {
                return code(cached.get(), project, className, true);
            }
            listener.progress("Building the Maven project in " + project.module());
            return code(cache.store(key, entry -> make(project, copy, options, entry)), project, className, false);
        }
    }

    private CachedPlan make(MavenProject project, MavenCopy copy, MavenOptions options, Path entry) throws IOException {
        Path classPathFile = entry.resolve("maven-classpath");
        List<Path> built = new MavenBuild(project, copy.folder(), command, options).run(classPathFile);
        Files.deleteIfExists(classPathFile);
        warnOfMissingDescriptors(built.getFirst(), project);
        List<Path> classPath = new ArrayList<>();
        boolean changing = hasVersionRange(project);
        for (Path path : built) {
            changing |= path.toString().contains("-SNAPSHOT");
            if (path.startsWith(copy.folder()) || Files.isDirectory(path)) {
                if (!OwnJars.contains(path)) {
                    classPath.add(pack(path, copy.folder(), classPath.size(), entry));
                }
            } else if (!OwnJars.contains(path)) {
                classPath.add(path);
            }
        }
        return new CachedPlan("", classPath, List.of(), changing ? clock.instant() : null);
    }

    /** Packs a folder into a jar of the entry, because the next build changes the copy. */
    private static Path pack(Path built, Path copy, int position, Path entry) throws IOException {
        if (Files.isDirectory(built)) {
            boolean isModule = built.startsWith(copy) && built.endsWith("target/classes");
            Path named = isModule ? built.getName(built.getNameCount() - 3) : built.getFileName();
            Path jar = entry.resolve(position + "-" + named + ".jar");
            ClassesJar.write(built, jar);
            return jar;
        }
        return Files.copy(built, entry.resolve(position + "-" + built.getFileName()));
    }

    private void warnOfMissingDescriptors(Path classes, MavenProject project) throws IOException {
        List<String> configurations = CompiledClasses.configurationsWithoutDescriptors(classes);
        if (!configurations.isEmpty()) {
            listener.hint("No builders were generated for " + String.join(", ", configurations) + " in "
                    + project.module() + ": the annotation processor did not run. " + ProcessorHint.TEXT);
        }
    }

    private PlanCode code(CachedPlan plan, MavenProject project, String className, boolean fromCache)
            throws IOException {
        try (var loader = PlanClassLoader.of(plan.classPath(), PlanClassCheck.class.getClassLoader())) {
            var check = new PlanClassCheck(loader, "the Maven project " + project.module());
            String binaryName = check.binaryName(className, () -> plans(plan, check));
            return new PlanCode(binaryName, plan.classPath(), plan.libraries(), new TreeMap<>(), fromCache);
        }
    }

    /** Returns the plans among the project's own classes: those in the entry's jars. */
    private List<String> plans(CachedPlan plan, PlanClassCheck check) {
        Path entry = plan.classPath().getFirst().resolveSibling("");
        List<Path> own =
                plan.classPath().stream().filter(jar -> jar.startsWith(entry)).toList();
        return CompiledClasses.names(own).stream().filter(check::isPlan).toList();
    }

    /** Returns the inputs beside the project. If they change, the copy is built from the beginning. */
    private String stamp(MavenOptions options) throws IOException {
        // HOME is not used, because Maven itself uses this property.
        Path settings = Path.of(System.getProperty("user.home"), ".m2", "settings.xml");
        return new SequenceDigest()
                .add(ToolboxStamp.of(toolbox))
                .add(Files.isRegularFile(settings) ? Files.readString(settings) : "")
                .add(System.getenv().getOrDefault("MAVEN_ARGS", ""))
                .add(System.getenv().getOrDefault("MAVEN_OPTS", ""))
                .add(options.toString())
                .hex();
    }

    private static String key(MavenProject project, Path work, MavenInputs inputs, String stamp) throws IOException {
        return new SequenceDigest()
                .add("maven")
                .add(stamp)
                .add(MavenInputs.name(project.base(), project.root()))
                .add(MavenInputs.name(project.base(), project.module()))
                .add(inputs.digest())
                .add(MavenInputs.readInPlace(project, work.resolve("in-place")).digest())
                .hex();
    }

    private static boolean hasVersionRange(MavenProject project) throws IOException {
        Path pom = project.module().resolve("pom.xml");
        Path root = project.root().resolve("pom.xml");
        return VERSION_RANGE.matcher(Files.readString(pom)).find()
                || VERSION_RANGE.matcher(Files.readString(root)).find();
    }
}
