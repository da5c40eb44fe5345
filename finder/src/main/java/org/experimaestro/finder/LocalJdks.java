package org.experimaestro.finder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.experimaestro.base.file.BoundedFile;

/** A search for the JDKs of this machine in the usual folders. No process is started. */
final class LocalJdks {
    /* The version in the file "release" of a JDK, such as JAVA_VERSION="17.0.15" or, before 9, "1.8.0_402". */
    private static final Pattern VERSION = Pattern.compile("(?m)^JAVA_VERSION=\"(?:1\\.)?([1-9][0-9]{0,3})(?![0-9])");
    private static final int MOST_BYTES = 1 << 20;
    private static final List<String> VARIABLES = List.of("EXPERIMAESTRO_JAVA_HOME", "JAVA_HOME");

    private LocalJdks() {}

    /**
     * Searches for JDKs.
     *
     * @param environment the variables of the process
     * @param running the JDK of this process, which is preferred to others of its release
     * @param folders folders with one JDK in each of their folders, or in {@code Contents/Home} of these
     * @return the {@code java} commands by feature release
     */
    static SortedMap<Integer, String> find(Map<String, String> environment, Path running, List<Path> folders) {
        SortedMap<Integer, String> found = new TreeMap<>();
        add(found, running);
        for (String variable : VARIABLES) {
            String home = environment.getOrDefault(variable, "");
            if (!home.isBlank()) {
                add(found, Path.of(home));
            }
        }
        for (Path folder : folders) {
            for (Path home : below(folder)) {
                add(found, home);
                add(found, home.resolve("Contents/Home"));
            }
        }
        return found;
    }

    /** Returns the usual folders. */
    static List<Path> usualFolders(Path home) {
        return List.of(
                Path.of("/usr/lib/jvm"),
                Path.of("/usr/java"),
                Path.of("/opt/java"),
                Path.of("/Library/Java/JavaVirtualMachines"),
                home.resolve(".sdkman/candidates/java"),
                home.resolve(".jdks"));
    }

    private static void add(SortedMap<Integer, String> found, Path home) {
        Path java = home.resolve("bin").resolve("java");
        if (Files.isExecutable(java)) {
            release(home).ifPresent(release -> found.putIfAbsent(release, java.toString()));
        }
    }

    private static Optional<Integer> release(Path home) {
        Path file = home.resolve("release");
        if (!Files.isReadable(file)) {
            return Optional.empty();
        }
        try {
            Matcher version = VERSION.matcher(
                    new String(BoundedFile.read(file.toRealPath(), MOST_BYTES), StandardCharsets.ISO_8859_1));
            return version.find() ? Optional.of(Integer.valueOf(version.group(1))) : Optional.empty();
        } catch (IOException exception) {
            throw new UncheckedIOException("Cannot read " + file, exception);
        }
    }

    private static List<Path> below(Path folder) {
        List<Path> paths = new ArrayList<>();
        if (Files.isReadable(folder) && Files.isDirectory(folder)) {
            try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, Files::isDirectory)) {
                stream.forEach(paths::add);
            } catch (IOException exception) {
                throw new UncheckedIOException("Cannot list " + folder, exception);
            }
        }
        paths.sort(null);
        return paths;
    }
}
