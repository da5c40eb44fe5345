package org.experimaestro.loader.source;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The content of a cache entry: the file {@code plan.properties}.
 *
 * @param planClass the plan's binary name; empty if the entry serves any class of its class path
 * @param classPath jars in order; those of the entry itself are directly in its folder
 * @param libraries the libraries that were resolved, which are in the class path
 * @param resolvedAt the time of the resolution if the libraries may change, else {@code null}
 */
record CachedPlan(
        String planClass,
        List<Path> classPath,
        List<Library> libraries,
        @Nullable Instant resolvedAt) {
    static final String FILE_NAME = "plan.properties";
    private static final String FORMAT = "2";

    CachedPlan {
        classPath = List.copyOf(classPath);
        libraries = List.copyOf(libraries);
    }

    /** Reads an entry; empty if it does not exist, is of another format, or is damaged. */
    static Optional<CachedPlan> find(Path entry) throws IOException {
        Optional<String> text = CacheFile.find(entry.resolve(FILE_NAME));
        if (text.isEmpty()) {
            return Optional.empty();
        }
        var properties = new Properties();
        try {
            properties.load(new StringReader(text.get()));
            return parse(properties, entry);
        } catch (NoSuchFileException notThere) {
            // The file may also have disappeared, because another process makes the entry again.
            return Optional.empty();
        } catch (IllegalArgumentException | DateTimeException e) {
            // A damaged entry counts as missing: it is made again.
            return Optional.empty();
        }
    }

    private static Optional<CachedPlan> parse(Properties properties, Path entry) throws IOException {
        String count = properties.getProperty("jars", "");
        if (!FORMAT.equals(properties.getProperty("format")) || count.isEmpty()) {
            return Optional.empty();
        }
        List<Path> classPath = new ArrayList<>();
        List<Library> libraries = new ArrayList<>();
        for (int i = 0; i < Integer.parseInt(count); i++) {
            Path jar = entry.resolve(properties.getProperty("jar." + i, ""));
            String digest = properties.getProperty("digest." + i, "");
            if (!Files.isRegularFile(jar) || !SequenceDigest.ofFile(jar).equals(digest)) {
                return Optional.empty();
            }
            classPath.add(jar);
            String library = properties.getProperty("library." + i);
            if (library != null) {
                libraries.add(new Library(library, jar, digest));
            }
        }
        String resolvedAt = properties.getProperty("resolvedAt");
        return Optional.of(new CachedPlan(
                properties.getProperty("planClass", ""),
                classPath,
                libraries,
                resolvedAt == null ? null : Instant.parse(resolvedAt)));
    }

    /** Writes the entry's file: jars with their digests. Jars inside the entry have names relative to it. */
    void write(Path entry) throws IOException {
        var text = new StringBuilder();
        line(text, "format", FORMAT);
        line(text, "planClass", planClass);
        if (resolvedAt != null) {
            line(text, "resolvedAt", resolvedAt.toString());
        }
        line(text, "jars", Integer.toString(classPath.size()));
        Map<Path, Library> byJar =
                libraries.stream().collect(Collectors.toMap(Library::jar, Function.identity(), (first, same) -> first));
        for (int i = 0; i < classPath.size(); i++) {
            Path jar = classPath.get(i);
            Library library = byJar.get(jar);
            boolean isInside = entry.equals(jar.getParent());
            line(
                    text,
                    "jar." + i,
                    isInside
                            ? jar.getFileName().toString()
                            : jar.toAbsolutePath().toString());
            // The digest of a library was computed when it was checked; the jar may have changed since.
            line(text, "digest." + i, library == null ? SequenceDigest.ofFile(jar) : library.sha256());
            if (library != null) {
                line(text, "library." + i, library.name());
            }
        }
        Files.writeString(entry.resolve(FILE_NAME), text);
    }

    private static void line(StringBuilder text, String key, String value) {
        text.append(key).append('=').append(value.replace("\\", "\\\\")).append('\n');
    }
}
