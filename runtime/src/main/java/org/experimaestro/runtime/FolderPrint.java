package org.experimaestro.runtime;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.experimaestro.ContinueException;
import org.experimaestro.workspace.JobFolder;

/**
 * The files of a task when its attempt began, by which an attempt that asks to go on later is found to have got no
 * further. They are compared by size, time of change and inode, and not with a clock, because a file server has its own.
 * Immutable.
 */
final class FolderPrint {
    private final JobFolder job;
    private final boolean isResumable;
    private final Set<List<String>> files;

    private FolderPrint(JobFolder job, boolean isResumable, Set<List<String>> files) {
        this.job = job;
        this.isResumable = isResumable;
        this.files = files;
    }

    /** Looks at the files of a task; only those of a task that may go on later are read. */
    static FolderPrint of(JobFolder job, boolean isResumable) throws IOException {
        return new FolderPrint(job, isResumable, isResumable ? files(job) : Set.of());
    }

    /**
     * Returns the end of an attempt that asks to go on later.
     *
     * @return the request itself, or an error if the next attempt would get no further
     */
    Exception check(ContinueException request) {
        if (!isResumable) {
            return new IllegalStateException(
                    "The task asks to go on later, and is not Resumable: the next attempt would not find its files",
                    request);
        }
        try {
            return files(job).equals(files)
                    ? new IllegalStateException(
                            "The task asks to go on later, and has changed no file in its folder: the next attempt would get"
                                    + " no further",
                            request)
                    : request;
        } catch (IOException unreadable) {
            unreadable.addSuppressed(request);
            return unreadable;
        }
    }

    private static Set<List<String>> files(JobFolder job) throws IOException {
        Set<List<String>> files = new HashSet<>();
        Path own = job.internalFolder();
        Files.walkFileTree(job.path(), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return folder.equals(own) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                files.add(List.of(
                        file.toString(),
                        Long.toString(attributes.size()),
                        attributes.lastModifiedTime().toString(),
                        Objects.toString(attributes.fileKey())));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException deletedMeanwhile) {
                return FileVisitResult.CONTINUE;
            }
        });
        return files;
    }
}
