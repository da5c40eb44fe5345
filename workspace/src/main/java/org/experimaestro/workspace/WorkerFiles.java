package org.experimaestro.workspace;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.experimaestro.base.file.BoundedFile;
import org.experimaestro.base.file.FileOwner;
import org.experimaestro.base.file.FileWriters;
import org.experimaestro.core.json.Json;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.core.json.JsonFile;
import org.jspecify.annotations.Nullable;

/**
 * The files of a worker in its workspace: {@code workers/NAME.sequence}, which has the number of the task that the worker
 * executes now, and the identity of its process; and {@code workers/NAME.log}, the log of its process. Immutable.
 *
 * <p>The code is on the path of a job: without lambdas and streams.
 */
public final class WorkerFiles {
    private static final String SEQUENCE = ".sequence";
    private static final String LOG = ".log";

    /** The digits of the first line of the file, so that it is written in place, with one write. */
    private static final int DIGITS = 19;

    private static final int MOST_BYTES = 4096;

    /** The time for which a log with text stays after its worker was killed: it may say why a JVM has crashed. */
    private static final Duration LOG_STAYS = Duration.ofDays(7);

    private final Path workspace;
    private final String name;

    private WorkerFiles(Path workspace, String name) {
        this.workspace = workspace;
        this.name = WorkerTask.requireName(name);
    }

    /**
     * Returns the files of a worker.
     *
     * @param workspace the workspace
     * @param name the name of the worker
     * @return the files, which need not exist
     * @throws IllegalArgumentException as for {@link WorkerTask#requireName}
     */
    public static WorkerFiles of(Path workspace, String name) {
        return new WorkerFiles(workspace, name);
    }

    /**
     * Returns the log of the process: the output of native code, and of what started before the first task.
     *
     * @return a text file
     */
    public Path log() {
        return WorkspaceLayout.workers(workspace).resolve(name + LOG);
    }

    /**
     * Returns the file with the number of the present task.
     *
     * @return a text file
     */
    public Path sequenceFile() {
        return WorkspaceLayout.workers(workspace).resolve(name + SEQUENCE);
    }

    /**
     * Makes the folder of the files. The run calls it before it starts the worker.
     *
     * @throws IOException if it cannot be made
     */
    public void makeFolder() throws IOException {
        OwnFolders.make(workspace, WorkspaceLayout.workers(workspace));
    }

    /**
     * Creates the file with the number of the present task. The worker calls it at its start.
     *
     * @param process the worker's process
     * @return the open file
     * @throws IOException if it cannot be created, or another worker has it
     */
    public PresentTask create(ProcessIdentity process) throws IOException {
        FileChannel file = createFile();
        PresentTask present = new PresentTask(file);
        try {
            present.write(0, "\n" + Json.writeLine(process.toJson()) + "\n");
            return present;
        } catch (IOException | RuntimeException failed) {
            present.close();
            throw failed;
        }
    }

    /** Creates the file such that only its owner can write it, whatever the umask, because signals depend on it. */
    private FileChannel createFile() throws IOException {
        Set<StandardOpenOption> isNew = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try {
            return FileChannel.open(
                    sequenceFile(),
                    isNew,
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--")));
        } catch (UnsupportedOperationException noPermissions) {
            return FileChannel.open(sequenceFile(), isNew);
        }
    }

    /** The open file with the number of the present task. Confined to one thread at a time. */
    public static final class PresentTask implements AutoCloseable {
        private final FileChannel file;
        private final ByteBuffer digits = ByteBuffer.allocateDirect(DIGITS);

        private PresentTask(FileChannel file) {
            this.file = file;
        }

        /**
         * Records that a task begins. To be called before {@link Attempt#begin}.
         *
         * @param sequence the number of the task, from 1
         * @throws IOException if it cannot be written: the task must not begin
         */
        public void begin(long sequence) throws IOException {
            write(sequence, "");
        }

        /**
         * Records that no task is executed. To be called after the marker was written.
         *
         * @throws IOException if it cannot be written
         */
        public void end() throws IOException {
            write(0, "");
        }

        private void write(long sequence, String rest) throws IOException {
            digits.clear();
            long left = sequence;
            for (int i = DIGITS - 1; i >= 0; i--) {
                digits.put(i, (byte) ('0' + left % 10));
                left /= 10;
            }
            file.write(digits, 0);
            if (!rest.isEmpty()) {
                file.write(ByteBuffer.wrap(rest.getBytes(StandardCharsets.UTF_8)), DIGITS);
            }
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    /**
     * Reads the number of the task that the worker executes now. It is asked before the markers of the task are read.
     *
     * @return 0 between two tasks; empty if there is no such file, or it cannot be read: then the process alone says whether
     *     the task goes on
     */
    public OptionalLong present() {
        try {
            return number(text());
        } catch (IOException unreadable) {
            return OptionalLong.empty();
        }
    }

    private String text() throws IOException {
        return new String(BoundedFile.read(sequenceFile(), MOST_BYTES), StandardCharsets.UTF_8);
    }

    private static OptionalLong number(String text) {
        if (text.length() < DIGITS + 1 || text.charAt(DIGITS) != '\n') {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(text, 0, DIGITS, 10));
        } catch (NumberFormatException damaged) {
            return OptionalLong.empty();
        }
    }

    /**
     * Finds a reason why no signal may depend on the file with the number: another user than this one and root owns it, or
     * can write it.
     *
     * @return a clause, such as for messages, with the path of the file; it tells also that there is none, or that its
     *     attributes cannot be read; empty if only this user and root can write it
     */
    public Optional<String> findDoubt() {
        Path file = sequenceFile();
        try {
            FileOwner owner = FileOwner.of(file);
            if (!owner.isTrusted()) {
                return Optional.of("the file " + file + " belongs to " + owner.name());
            }
            FileWriters writers = FileWriters.of(file);
            return writers.isEmpty()
                    ? Optional.empty()
                    : Optional.of("others can write the file " + file + ": " + writers);
        } catch (NoSuchFileException none) {
            return Optional.of("there is no file " + file);
        } catch (IOException unreadable) {
            return Optional.of("the file " + file + " cannot be looked at: " + Failures.reason(unreadable));
        }
    }

    /**
     * Finds a link in the path of the workspace, or of the folder of workers, that another user may have made.
     *
     * @return as for {@link JobFolder#findDoubtfulLink}
     * @throws IOException if a link, or a folder that contains a link, cannot be read
     */
    public Optional<String> findDoubtfulLink() throws IOException {
        return OwnFolders.findDoubtfulLink(workspace, WorkspaceLayout.workers(workspace));
    }

    /**
     * Deletes the files at the end of the worker: the log only if it is empty.
     *
     * @throws IOException if one cannot be deleted
     */
    public void delete() throws IOException {
        Files.deleteIfExists(sequenceFile());
        if (Files.exists(log(), LinkOption.NOFOLLOW_LINKS) && Files.size(log()) == 0) {
            Files.delete(log());
        }
    }

    /**
     * Deletes what workers that were killed have left: the files of those whose process is gone from this host, but logs
     * with text of the last seven days.
     *
     * @param workspace the workspace
     * @param now the present time
     * @throws IOException if the folder cannot be listed, or a file cannot be deleted
     */
    public static void deleteLeft(Path workspace, Instant now) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(WorkspaceLayout.workers(workspace))) {
            for (Path file : files) {
                String own = file.getFileName().toString();
                if (own.endsWith(SEQUENCE)) {
                    WorkerFiles worker = find(workspace, own.substring(0, own.length() - SEQUENCE.length()));
                    if (worker != null && worker.isGone()) {
                        worker.delete();
                    }
                } else if (own.endsWith(LOG)) {
                    deleteOld(file, now);
                }
            }
        } catch (NoSuchFileException | NotDirectoryException none) {
            return;
        } catch (DirectoryIteratorException unreadable) {
            throw unreadable.getCause();
        }
    }

    private static @Nullable WorkerFiles find(Path workspace, String name) {
        try {
            return of(workspace, name);
        } catch (IllegalArgumentException foreign) {
            return null;
        }
    }

    private boolean isGone() {
        try {
            String text = text();
            ProcessIdentity process = ProcessIdentity.fromJson(
                    JsonFile.parse(text.substring(DIGITS).getBytes(StandardCharsets.UTF_8), "the worker"));
            return process.isLocal() && !process.isAlive();
        } catch (IOException | JsonException | IllegalArgumentException | IndexOutOfBoundsException unreadable) {
            return false;
        }
    }

    /** Deletes an old log without a worker. The log of a run that is just starting its worker has no sequence yet. */
    private static void deleteOld(Path log, Instant now) throws IOException {
        String name = log.getFileName().toString();
        Path sequence = log.resolveSibling(name.substring(0, name.length() - LOG.length()) + SEQUENCE);
        if (Files.exists(sequence, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try {
            BasicFileAttributes found = Files.readAttributes(log, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (found.lastModifiedTime().toInstant().plus(LOG_STAYS).isBefore(now)) {
                Files.delete(log);
            }
        } catch (NoSuchFileException deleted) {
            // Another run has deleted it.
        }
    }
}
