package org.experimaestro.workspace;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.experimaestro.core.file.AtomicFile;

/**
 * The dumps of the processes of a job: the stacks of their threads, and their heaps. None is ever replaced. Thread-safe.
 *
 * <p>The code is on the path of a job, so it uses no streams.
 */
public final class JobDumps {
    private final JobFolder job;

    /** The kinds of dumps. */
    public enum Kind {
        /** The stacks of all threads, as text. */
        THREADS(JobLayout.THREADS, ".txt"),
        /** All objects of the heap, in the format of {@code jcmd GC.heap_dump}. */
        HEAP(JobLayout.HEAP, ".hprof");

        private final String prefix;
        private final String suffix;

        Kind(String prefix, String suffix) {
            this.prefix = prefix;
            this.suffix = suffix;
        }
    }

    private JobDumps(JobFolder job) {
        this.job = job;
    }

    /**
     * Returns the dumps of a job.
     *
     * @param job the job's folder
     * @return the dumps; there need not be any
     */
    public static JobDumps of(JobFolder job) {
        return new JobDumps(job);
    }

    /**
     * Returns a file for another dump, and makes its folder.
     *
     * @param kind the kind of the dump
     * @param attempt the number of the attempt
     * @return a path at which nothing is, as {@code dumps/threads-2-1.txt} for the first one of attempt 2
     * @throws IOException if the folder cannot be made
     */
    public Path next(Kind kind, int attempt) throws IOException {
        OwnFolders.make(job.workspace(), job.dumps());
        for (int number = 1; ; number++) {
            Path file = job.dumps().resolve(kind.prefix + attempt + "-" + number + kind.suffix);
            if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                return file;
            }
        }
    }

    /**
     * Writes the stacks of threads into another file.
     *
     * @param attempt the number of the attempt
     * @param text the stacks
     * @return the file
     * @throws IOException if it cannot be written
     */
    public Path writeThreads(int attempt, String text) throws IOException {
        while (true) {
            Path file = next(Kind.THREADS, attempt);
            if (AtomicFile.create(file, text)) {
                return file;
            }
        }
    }

    /**
     * Lists the dumps.
     *
     * @return the files, sorted by name; none if the folder cannot be listed
     */
    public List<Path> list() {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(job.dumps())) {
            for (Path file : found) {
                if (!AtomicFile.isTemporary(file.getFileName().toString())
                        && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    files.add(file);
                }
            }
        } catch (IOException | DirectoryIteratorException none) {
            return List.of();
        }
        Collections.sort(files);
        return files;
    }
}
