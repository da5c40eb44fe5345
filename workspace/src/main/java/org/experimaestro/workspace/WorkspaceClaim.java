package org.experimaestro.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.experimaestro.WorkspaceException;
import org.experimaestro.core.file.AtomicFile;
import org.experimaestro.core.json.Json;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.core.json.JsonFile;

/**
 * The right of one process to do a work in a workspace that one process at a time may do. As for the attempts of a job,
 * there is no lock: a process that wants the right creates the file of the next number, and only if the process of the
 * number before it is gone. If several processes find a work whose process was killed, one of them continues it.
 * Confined to one thread.
 */
final class WorkspaceClaim {
    private static final String PROCESS = "process";

    private final Work work;
    private final Path root;
    private final int number;

    private WorkspaceClaim(Work work, Path root, int number) {
        this.work = work;
        this.root = root;
        this.number = number;
    }

    /** A work that one process at a time may do. */
    enum Work {
        /** The conversion of the workspace to another format. */
        CONVERSION("upgrade", "converts the workspace"),
        /** A change of what is in the trash, or must not get there. */
        TRASH("trash", "changes the trash"),
        /** A copy of jobs and runs of another workspace into this one. */
        COPY("copy", "copies into the workspace");

        private final String word;
        private final String done;

        /**
         * Creates a work.
         *
         * @param word the word in the names of its files
         * @param done the work, as the predicate of a sentence about a process
         */
        Work(String word, String done) {
            this.word = word;
            this.done = done;
        }
    }

    /**
     * Claims a work.
     *
     * @param work the work
     * @param action what it is done for, as in "Cannot convert the workspace"
     * @param root the workspace
     * @return the right, to be given back
     * @throws WorkspaceException if another process has it, or a file of a claim is damaged
     * @throws IOException if the file cannot be written or read
     */
    static WorkspaceClaim take(Work work, String action, Path root) throws IOException {
        Map<String, Object> claim = StoredFiles.begin();
        claim.put(PROCESS, ProcessIdentity.current().toJson());
        int number = 1;
        while (true) {
            boolean isMade = AtomicFile.create(file(work, root, number), Json.write(claim));
            boolean isFree = false;
            try {
                isFree = areGone(work, action, root, isMade ? number - 1 : number);
            } finally {
                if (isMade && !isFree) {
                    Files.deleteIfExists(file(work, root, number));
                }
            }
            if (isMade && isFree) {
                return new WorkspaceClaim(work, root, number);
            }
            number = isFree ? number + 1 : 1;
        }
    }

    /**
     * Returns whether a process may do a work now.
     *
     * @param work the work
     * @param root the workspace
     * @return true also if a process cannot be seen from here, or a file cannot be read
     */
    static boolean isTaken(Work work, Path root) {
        for (int number = 1; Files.exists(file(work, root, number)); number++) {
            try {
                requireGone(work, "look", file(work, root, number));
            } catch (WorkspaceException | IOException mayGoOn) {
                return true;
            }
        }
        return false;
    }

    /**
     * Requires that the processes of the files up to a number are gone.
     *
     * @return false if one of the files is no longer there, because its process has given its right back meanwhile
     */
    private static boolean areGone(Work work, String action, Path root, int last) throws IOException {
        for (int number = 1; number <= last; number++) {
            if (!requireGone(work, action, file(work, root, number))) {
                return false;
            }
        }
        return true;
    }

    private static Path file(Work work, Path root, int number) {
        return root.resolve(WorkspaceLayout.claim(work.word, number));
    }

    /** Requires that the process of a file is gone; returns false if the file is. */
    private static boolean requireGone(Work work, String action, Path file) throws IOException {
        ProcessIdentity other;
        try {
            other = ProcessIdentity.fromJson(
                    JsonFile.read(file, JsonFile.SMALL_BYTES).object(PROCESS));
        } catch (NoSuchFileException justEnded) {
            return false;
        } catch (JsonException | IllegalArgumentException damaged) {
            throw WorkspaceException.of("Cannot " + action + ": the file of another process that may do so is damaged: "
                            + damaged.getMessage())
                    .at(file.toString())
                    .advice("delete this file if no process does so")
                    .cause(damaged)
                    .build();
        }
        if (!other.isLocal() || other.isAlive()) {
            throw WorkspaceException.of("Cannot " + action + ": " + other + " " + work.done)
                    .at(file.toString())
                    .advice(
                            other.isLocal()
                                    ? "wait for its end"
                                    : "wait for its end, or delete this file if that process is gone: it cannot be seen from here")
                    .build();
        }
        return true;
    }

    /**
     * Gives the right back. The file of this process is deleted last: while it exists, no process can take a later
     * number, and the files before it belong to processes that are gone.
     */
    void release() throws IOException {
        int after = number + 1;
        while (Files.deleteIfExists(file(work, root, after))) {
            after++; // a process was killed while it gave its right back
        }
        for (int each = 1; each <= number; each++) {
            Files.deleteIfExists(file(work, root, each));
        }
    }
}
