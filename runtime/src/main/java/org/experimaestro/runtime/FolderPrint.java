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
import org.experimaestro.model.ConfigNode;
import org.experimaestro.model.SharedFolder;
import org.experimaestro.workspace.JobFolder;

/**
 * The files of a task when its attempt began, by which an attempt that asks to go on later is found to have got no
 * further. They are compared by size, time of change and inode, and not with a clock, because a file server has its own.
 * Immutable.
 */
final class FolderPrint {
    private final JobFolder job;
    private final boolean isResumable;
    private final List<SharedFolder> shared;
    private final Set<List<String>> files;

    private FolderPrint(JobFolder job, boolean isResumable, List<SharedFolder> shared) throws IOException {
        this.job = job;
        this.isResumable = isResumable;
        this.shared = shared;
        this.files = isResumable ? files() : Set.of();
    }

    /**
     * Looks at the files of a task, in its own folder and in its shared ones; only those of a task that may go on later
     * are read.
     */
    static FolderPrint of(ConfigNode<?> task, JobFolder job) throws IOException {
        boolean isResumable = JobMain.keepsFolder(task);
        return new FolderPrint(job, isResumable, isResumable ? SharedFolder.of(task) : List.of());
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
            return files().equals(files)
                    ? new IllegalStateException(
                            "The task asks to go on later, and has changed no file in its folder"
                                    + (shared.isEmpty() ? "" : " or its shared folders")
                                    + ": the next attempt would get no further",
                            request)
                    : request;
        } catch (IOException unreadable) {
            unreadable.addSuppressed(request);
            return unreadable;
        }
    }

    private Set<List<String>> files() throws IOException {
        Set<List<String>> found = new HashSet<>();
        add(job.path(), found);
        for (SharedFolder folder : shared) {
            add(folder.seenFrom(job.path()), found);
        }
        return found;
    }

    private void add(Path root, Set<List<String>> found) throws IOException {
        Path own = job.internalFolder();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return folder.equals(own) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                found.add(List.of(
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
    }
}
