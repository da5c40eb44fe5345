package org.experimaestro.loader.source;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The class path that this process was started with. IDEs and build tools replace a long class path by a jar that
 * lists others.
 */
final class RunningClassPath {
    private static final Pattern SPACES = Pattern.compile("\\s+");
    private static final Pattern SEPARATOR = Pattern.compile(Pattern.quote(File.pathSeparator));

    private final String classPath;

    /**
     * Creates the class path.
     *
     * @param classPath the property {@code java.class.path}
     */
    RunningClassPath(String classPath) {
        this.classPath = classPath;
    }

    PlanCode plan(String className, ClassLoader loader) throws IOException {
        List<Path> own = new ArrayList<>();
        List<Path> foreign = new ArrayList<>();
        for (Path entry : entries()) {
            (OwnJars.contains(entry) ? own : foreign).add(entry);
        }
        foreign.removeAll(PrivateLibraries.among(own, foreign));
        var check = new PlanClassCheck(loader, "the class path of this process");
        String binaryName = check.binaryName(className, () -> {
            List<Path> folders = foreign.stream().filter(Files::isDirectory).toList();
            return CompiledClasses.names(folders).stream().filter(check::isPlan).toList();
        });
        return new PlanCode(binaryName, foreign, List.of(), new TreeMap<>(), true);
    }

    /** Returns the existing entries in the JVM's order, those of manifests after the jar that lists them. */
    List<Path> entries() throws IOException {
        Set<Path> entries = new LinkedHashSet<>();
        for (String entry : SEPARATOR.splitAsStream(classPath).toList()) {
            add(Path.of(entry).toAbsolutePath().normalize(), entries);
        }
        return List.copyOf(entries);
    }

    private static void add(Path entry, Set<Path> entries) throws IOException {
        if (!Files.exists(entry) || entries.contains(entry)) {
            return;
        }
        if (Files.isDirectory(entry)) {
            entries.add(entry);
            return;
        }
        List<Path> named;
        try (var jar = new JarFile(entry.toFile())) {
            if (jar.stream()
                    .anyMatch(file -> !file.isDirectory() && !file.getName().startsWith("META-INF/MANIFEST"))) {
                entries.add(entry);
            }
            named = named(entry, jar.getManifest());
        }
        for (Path path : named) {
            add(path, entries);
        }
    }

    private static List<Path> named(Path jar, @Nullable Manifest manifest) {
        String list = manifest == null ? null : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
        List<Path> paths = new ArrayList<>();
        if (list != null) {
            for (String relative : SPACES.splitAsStream(list.strip()).toList()) {
                URI uri = relative.isEmpty() ? null : jar.toUri().resolve(relative);
                if (uri != null && "file".equals(uri.getScheme())) {
                    paths.add(Path.of(uri).toAbsolutePath().normalize());
                }
            }
        }
        return paths;
    }
}
