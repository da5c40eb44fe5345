package org.experimaestro.exchange;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.experimaestro.WorkspaceException;
import org.experimaestro.workspace.Failures;

/**
 * The files of a job in the folder of another tool. A list beside them names them, so that a later export replaces them
 * and nothing else: people and the tool itself may have written more into the folder. Confined to one thread.
 */
final class ExportFiles {
    private static final String LIST = ".exported-files";

    private final Path folder;
    private final Set<String> former;
    private final Set<String> written = new TreeSet<>();

    private ExportFiles(Path folder, Set<String> former) {
        this.folder = folder;
        this.former = former;
    }

    /**
     * Opens the folder of a job, or makes it.
     *
     * @param folder the folder
     * @return its files
     * @throws WorkspaceException if no export has made the folder
     * @throws IOException if it cannot be read or made
     */
    static ExportFiles open(Path folder) throws IOException {
        if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS) && !isOfExport(folder)) {
            throw WorkspaceException.of("Cannot write the export: something else is in its place")
                    .at(folder.toString())
                    .advice("name another folder with --output")
                    .build();
        }
        Files.createDirectories(folder);
        return new ExportFiles(folder, new TreeSet<>(listed(folder)));
    }

    /** Returns whether an export has made a folder. */
    static boolean isOfExport(Path folder) {
        return Files.isRegularFile(folder.resolve(LIST), LinkOption.NOFOLLOW_LINKS);
    }

    /** Returns the names of the files that an export has written into a folder. */
    static List<String> listed(Path folder) throws IOException {
        if (!isOfExport(folder)) {
            return List.of();
        }
        // Only plain names: the list may have been edited, and what it names is deleted.
        return Files.readAllLines(folder.resolve(LIST), StandardCharsets.UTF_8).stream()
                .filter(name -> !name.isEmpty() && Path.of(name).normalize().equals(Path.of(name)))
                .filter(name -> !name.startsWith("/") && !name.startsWith(".."))
                .toList();
    }

    /**
     * Announces the files that will be written, before the first one is: a crash leaves none that is not listed.
     *
     * @param names their names in the folder
     */
    void announce(Set<String> names) throws IOException {
        written.addAll(names);
        Set<String> all = new TreeSet<>(former);
        all.addAll(names);
        Files.write(folder.resolve(LIST), all, StandardCharsets.UTF_8);
    }

    /** Returns the place of an announced file; its folder is there. */
    Path place(String name) throws IOException {
        if (!written.contains(name)) {
            throw new IllegalStateException("No file was announced as " + name);
        }
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return file;
    }

    /** Deletes the files of former exports that this one has not written. */
    void deleteFormer() throws IOException {
        for (String name : former) {
            if (!written.contains(name)) {
                Files.deleteIfExists(folder.resolve(name));
            }
        }
        Files.write(folder.resolve(LIST), written, StandardCharsets.UTF_8);
    }

    /** Deletes a folder of an export, unless something else is in it. */
    static void delete(Path folder) throws IOException {
        for (String name : listed(folder)) {
            Files.deleteIfExists(folder.resolve(name));
        }
        List<Path> left = list(folder);
        if (left.size() == 1) { // the list
            Files.delete(left.getFirst());
            Files.delete(folder);
        }
    }

    /** Lists what is in a folder; empty if it is not there. */
    static List<Path> list(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
                all.forEach(files::add);
            }
        }
        files.sort(null);
        return files;
    }

    static WorkspaceException cannotWrite(Path place, IOException failed) {
        return WorkspaceException.of("Cannot write the export: " + Failures.reason(failed))
                .at(place.toString())
                .cause(failed)
                .build();
    }
}
