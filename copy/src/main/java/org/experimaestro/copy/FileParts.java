package org.experimaestro.copy;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.experimaestro.WorkspaceException;
import org.experimaestro.workspace.Failures;

/** The files of a folder as parts of their own, each of which is copied if the target has none. */
final class FileParts {
    private FileParts() {}

    /** Returns the regular files below a folder of a workspace; none if there is no such folder. */
    static List<CopyPart> below(Path root, Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .map(file -> of(path(root, file)))
                    .sorted()
                    .toList();
        } catch (NoSuchFileException none) {
            return List.of();
        } catch (UncheckedIOException failed) { // of a folder below
            throw failed(folder, Objects.requireNonNull(failed.getCause()));
        } catch (IOException failed) {
            throw failed(folder, failed);
        }
    }

    private static WorkspaceException failed(Path folder, IOException failed) {
        return WorkspaceException.of("Cannot list " + folder + ": " + Failures.reason(failed))
                .cause(failed)
                .build();
    }

    /** Returns the part of a file. */
    static CopyPart of(String path) {
        return new CopyPart(CopyPart.Kind.FILE, path, path);
    }

    static String path(Path root, Path file) {
        return root.relativize(file).toString().replace(File.separatorChar, '/');
    }
}
