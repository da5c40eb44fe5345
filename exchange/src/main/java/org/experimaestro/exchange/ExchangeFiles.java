package org.experimaestro.exchange;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.experimaestro.WorkspaceException;
import org.experimaestro.core.file.AtomicFile;
import org.experimaestro.workspace.Failures;
import org.jspecify.annotations.Nullable;

/** The folders of jobs in an export: each appears whole, and only a folder of an earlier export is replaced. */
final class ExchangeFiles {
    private ExchangeFiles() {}

    /** The writer of a job's files. */
    @FunctionalInterface
    interface Content {
        void write(Path folder) throws IOException;
    }

    /** The test whether an earlier export has made a folder. */
    @FunctionalInterface
    interface Ownership {
        boolean isOurs(Path folder) throws IOException;
    }

    /**
     * Writes a job's folder. A reader finds the former folder, none, or the whole new one.
     *
     * @param folder the folder
     * @param drafts the folder of the drafts, on the same disk
     * @param ownership tells whether a folder that exists may be replaced
     * @param content writes the files
     */
    static void replace(Path folder, Path drafts, Ownership ownership, Content content) {
        try {
            Files.createDirectories(drafts);
            Files.createDirectories(folder.toAbsolutePath().getParent());
            boolean exists = Files.exists(folder, LinkOption.NOFOLLOW_LINKS);
            if (exists && !ownership.isOurs(folder)) {
                throw WorkspaceException.of("Cannot write the export: something else is in its place")
                        .at(folder.toString())
                        .advice("name another folder with --output")
                        .build();
            }
            Path draft = Files.createTempDirectory(drafts, AtomicFile.TEMPORARY);
            try {
                content.write(draft);
                if (exists) {
                    delete(folder);
                }
                Files.move(draft, folder);
            } finally {
                delete(draft);
            }
        } catch (IOException failed) {
            throw cannotWrite(folder, failed);
        }
    }

    static WorkspaceException cannotWrite(Path place, IOException failed) {
        return WorkspaceException.of("Cannot write the export: " + Failures.reason(failed))
                .at(place.toString())
                .cause(failed)
                .build();
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

    /** Deletes a folder, with all that is in it; a link is deleted, and not what it leads to. */
    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failed)
                    throws IOException {
                if (failed != null) {
                    throw failed;
                }
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
