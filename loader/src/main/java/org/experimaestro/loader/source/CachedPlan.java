package org.experimaestro.loader.source;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * What a cache entry says: the file {@code plan.properties}.
 *
 * @param planClass the plan's binary name; empty when the entry serves any class of its class path
 * @param classPath jars in order; those of the entry itself lie directly in its folder
 * @param resolvedAt when the libraries were resolved if they may change, else {@code null}
 */
record CachedPlan(
        String planClass, List<Path> classPath, @Nullable Instant resolvedAt) {
    static final String FILE_NAME = "plan.properties";
    private static final String FORMAT = "1";

    CachedPlan {
        classPath = List.copyOf(classPath);
    }

    /** Reads an entry; empty when it is not there, of another format, or not as it was written. */
    static Optional<CachedPlan> find(Path entry) throws IOException {
        Path file = entry.resolve(FILE_NAME);
        var properties = new Properties();
        try {
            properties.load(new StringReader(Files.readString(file)));
            return parse(properties, entry);
        } catch (NoSuchFileException notThere) {
            // Or no longer: another process makes it anew.
            return Optional.empty();
        } catch (IllegalArgumentException | DateTimeException | CharacterCodingException e) {
            // A damaged entry is one that is not there: it is made anew.
            return Optional.empty();
        }
    }

    private static Optional<CachedPlan> parse(Properties properties, Path entry) throws IOException {
        String count = properties.getProperty("jars", "");
        if (!FORMAT.equals(properties.getProperty("format")) || count.isEmpty()) {
            return Optional.empty();
        }
        List<Path> classPath = new ArrayList<>();
        for (int i = 0; i < Integer.parseInt(count); i++) {
            Path jar = entry.resolve(properties.getProperty("jar." + i, ""));
            if (!Files.isRegularFile(jar) || !isIntact(jar, properties.getProperty("digest." + i))) {
                return Optional.empty();
            }
            classPath.add(jar);
        }
        String resolvedAt = properties.getProperty("resolvedAt");
        return Optional.of(new CachedPlan(
                properties.getProperty("planClass", ""),
                classPath,
                resolvedAt == null ? null : Instant.parse(resolvedAt)));
    }

    private static boolean isIntact(Path jar, @Nullable String digest) throws IOException {
        return digest == null || digest.equals(ContentDigest.of(Files.readAllBytes(jar)));
    }

    /** Writes the entry's file; jars inside the entry are named relative to it and secured by their digest. */
    void write(Path entry) throws IOException {
        var text = new StringBuilder();
        line(text, "format", FORMAT);
        line(text, "planClass", planClass);
        if (resolvedAt != null) {
            line(text, "resolvedAt", resolvedAt.toString());
        }
        line(text, "jars", Integer.toString(classPath.size()));
        for (int i = 0; i < classPath.size(); i++) {
            Path jar = classPath.get(i);
            if (entry.equals(jar.getParent())) {
                line(text, "jar." + i, jar.getFileName().toString());
                line(text, "digest." + i, ContentDigest.of(Files.readAllBytes(jar)));
            } else {
                line(text, "jar." + i, jar.toAbsolutePath().toString());
            }
        }
        Files.writeString(entry.resolve(FILE_NAME), text);
    }

    private static void line(StringBuilder text, String key, String value) {
        text.append(key).append('=').append(value.replace("\\", "\\\\")).append('\n');
    }
}
