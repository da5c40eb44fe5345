package org.experimaestro.loader.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Operations on whole folders. */
final class Folders {
    private Folders() {}

    /** Deletes a folder with all it holds; one that is gone, or goes meanwhile, is fine. Links are not followed. */
    static void delete(Path folder) throws IOException {
        List<Path> tree;
        try (Stream<Path> files = Files.walk(folder)) {
            tree = files.sorted(Comparator.reverseOrder()).toList();
        } catch (NoSuchFileException e) {
            return;
        }
        for (Path file : tree) {
            Files.deleteIfExists(file);
        }
    }
}
