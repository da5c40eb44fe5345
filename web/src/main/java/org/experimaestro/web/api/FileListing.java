package org.experimaestro.web.api;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.SideProcess;

/**
 * The files of a job's folder. Links are neither followed nor listed. Immutable.
 *
 * @param files the files: first those that Experimaestro writes, then those of the task, each sorted by path
 * @param more the number of files that are left out
 */
record FileListing(List<Entry> files, int more) {
    /** The most files of a listing. */
    static final int MOST = 200;

    /** The most files that are listed of an execution. */
    static final int MOST_OF_PROCESS = 20;

    /** The most files that are counted. */
    private static final int MOST_COUNTED = 10_000;

    private static final int DEEPEST = 32;
    private static final int FIRST_BYTES = 512;

    /**
     * A file.
     *
     * @param path its path below the job's folder, with slashes
     * @param size its size in bytes
     * @param modified the time of its last change
     * @param isText whether its first bytes are those of a text
     */
    record Entry(String path, long size, Instant modified, boolean isText) {}

    private record Found(Path path, BasicFileAttributes attributes) {}

    /** Copies the list. */
    FileListing {
        files = List.copyOf(files);
    }

    /**
     * Lists the files of a job.
     *
     * @param job the job
     * @return its files; none if it has no folder. A folder that cannot be read is left out
     */
    static FileListing of(JobFolder job) {
        List<Found> found = find(job.path());
        found.sort(Comparator.comparing((Found file) -> !file.path().startsWith(job.internalFolder()))
                .thenComparing(Found::path));
        return of(job.path(), found, MOST);
    }

    /**
     * Lists the files of an execution of an action.
     *
     * @param process the execution
     * @return the files that are its own, {@value #MOST_OF_PROCESS} at most; none if it has no folder
     */
    static FileListing ofProcess(SideProcess process) {
        List<Found> found = find(process.path());
        found.removeIf(file -> file.path().startsWith(process.log().resolveSibling("")));
        found.sort(Comparator.comparing(Found::path));
        return of(process.path(), found, MOST_OF_PROCESS);
    }

    private static List<Found> find(Path folder) {
        List<Found> found = new ArrayList<>();
        try {
            Files.walkFileTree(folder, Set.of(), DEEPEST, new Collector(found));
        } catch (IOException unreadable) {
            // The files that were found are listed; the folder may have been moved meanwhile.
        }
        return found;
    }

    private static FileListing of(Path folder, List<Found> found, int most) {
        return new FileListing(
                found.stream().limit(most).map(file -> entry(folder, file)).toList(), Math.max(0, found.size() - most));
    }

    private static final class Collector extends SimpleFileVisitor<Path> {
        private final List<Found> found;

        Collector(List<Found> found) {
            this.found = found;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile()) {
                found.add(new Found(file, attributes));
            }
            return found.size() < MOST_COUNTED ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) {
            return FileVisitResult.CONTINUE;
        }
    }

    private static Entry entry(Path folder, Found file) {
        Path relative = folder.relativize(file.path());
        return new Entry(
                StreamSupport.stream(relative.spliterator(), false)
                        .map(Path::toString)
                        .collect(Collectors.joining("/")),
                file.attributes().size(),
                file.attributes().lastModifiedTime().toInstant(),
                isText(file.path()));
    }

    /** Returns whether a file begins like a text: without a byte that only binary files have. */
    private static boolean isText(Path file) {
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            for (byte next : in.readNBytes(FIRST_BYTES)) {
                if (next == 0) {
                    return false;
                }
            }
            return true;
        } catch (IOException unreadable) {
            return false;
        }
    }
}
