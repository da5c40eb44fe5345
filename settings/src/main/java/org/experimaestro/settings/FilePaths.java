package org.experimaestro.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.experimaestro.PlanException;
import org.experimaestro.base.text.NearName;
import org.experimaestro.core.file.HomeFolder;

/** A reader of paths as people write them, with suggestions for files that do not exist. */
final class FilePaths {
    private static final int SUGGESTIONS = 3;

    private FilePaths() {}

    /** A file that does not exist: the problem, and the text to write instead. */
    record Missing(String problem, String advice) {}

    /**
     * Returns the absolute path of a text.
     *
     * @param text the path as it was written; {@code ~} and {@code ~/…} are the user's home folder
     * @param folder the folder that a relative path starts from
     * @return the path, normalized; empty if the text cannot be a path
     */
    static Optional<Path> resolve(String text, Path folder) {
        try {
            Path path = folder.resolve(HomeFolder.expand(text));
            return Optional.of(path.toAbsolutePath().normalize());
        } catch (InvalidPathException exception) {
            // The only possible reason is a character that the file system does not support; the caller shows the text.
            return Optional.empty();
        }
    }

    /** Returns the YAML file of this name, with or without its extension; empty if there is none. */
    static Optional<Path> findYaml(Path path) {
        return Stream.of("", ".yaml", ".yml")
                .map(extension -> path.resolveSibling(path.getFileName() + extension))
                .filter(Files::isRegularFile)
                .findFirst();
    }

    /**
     * Returns the reason why a file does not exist.
     *
     * @param file the absolute path of the file
     * @param extensions the extensions that its name may have, such as {@code .java}
     */
    static Missing missing(Path file, List<String> extensions) {
        if (Files.isDirectory(file)) {
            return new Missing("is a folder", "name one of its files" + listed(": ", namesIn(file, extensions)));
        }
        Path folder = folderOf(file);
        if (!Files.isDirectory(folder)) {
            return new Missing("does not exist: there is no folder " + folder, "check the path");
        }
        List<String> names = namesIn(folder, extensions);
        List<String> bare = names.stream().map(FilePaths::withoutExtension).toList();
        List<String> near =
                NearName.near(withoutExtension(String.valueOf(file.getFileName())), bare, SUGGESTIONS).stream()
                        .flatMap(name -> names.stream()
                                .filter(full -> withoutExtension(full).equals(name)))
                        .distinct()
                        .toList();
        if (!near.isEmpty()) {
            return new Missing("does not exist in " + folder, NearName.question(near));
        }
        String kinds = String.join(" or ", extensions);
        return names.isEmpty()
                ? new Missing("does not exist in " + folder, "there is no " + kinds + " file in that folder")
                : new Missing("does not exist in " + folder, "the " + kinds + " files there" + listed(": ", names));
    }

    /** Returns the folder of an absolute path; the path itself for the root. */
    static Path folderOf(Path file) {
        Path parent = file.getParent();
        return parent == null ? file : parent;
    }

    static String withoutExtension(String name) {
        int dot = name.lastIndexOf('.');
        return dot <= 0 ? name : name.substring(0, dot);
    }

    private static String listed(String before, List<String> names) {
        return names.isEmpty() ? "" : before + Texts.list(names);
    }

    private static List<String> namesIn(Path folder, List<String> extensions) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> extensions.stream().anyMatch(name.toLowerCase(Locale.ROOT)::endsWith))
                    .sorted()
                    .toList();
        } catch (IOException exception) {
            throw PlanException.of("cannot list the folder " + folder)
                    .advice("check its permissions")
                    .cause(exception)
                    .build();
        }
    }
}
