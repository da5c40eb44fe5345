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
 * The right of one process to convert a workspace. As for the attempts of a job, there is no lock: a process that wants
 * to convert creates the file of the next number, and only if the process of the number before it is gone. If several
 * processes find a conversion that was killed, one of them continues it. Confined to one thread.
 */
final class UpgradeClaim {
    private static final String PROCESS = "process";

    private final Path root;
    private final int number;

    private UpgradeClaim(Path root, int number) {
        this.root = root;
        this.number = number;
    }

    /**
     * Claims the conversion.
     *
     * @throws WorkspaceException if another process has it, or a file of a claim is damaged
     * @throws IOException if the file cannot be written or read
     */
    static UpgradeClaim take(Path root) throws IOException {
        Map<String, Object> claim = StoredFiles.begin();
        claim.put(PROCESS, ProcessIdentity.current().toJson());
        for (int number = 1; ; number++) {
            if (AtomicFile.create(file(root, number), Json.write(claim))) {
                return new UpgradeClaim(root, number);
            }
            requireGone(file(root, number));
        }
    }

    private static Path file(Path root, int number) {
        return root.resolve(WorkspaceLayout.upgradeClaim(number));
    }

    private static void requireGone(Path file) throws IOException {
        ProcessIdentity other;
        try {
            other = ProcessIdentity.fromJson(
                    JsonFile.read(file, JsonFile.SMALL_BYTES).object(PROCESS));
        } catch (NoSuchFileException justEnded) {
            return;
        } catch (JsonException | IllegalArgumentException damaged) {
            throw WorkspaceException.of(
                            "Cannot tell whether another process converts the workspace: " + damaged.getMessage())
                    .at(file.toString())
                    .advice("delete this file if none does")
                    .cause(damaged)
                    .build();
        }
        if (!other.isLocal() || other.isAlive()) {
            throw WorkspaceException.of("Cannot convert the workspace: " + other + " converts it")
                    .at(file.toString())
                    .advice(
                            other.isLocal()
                                    ? "wait for its end"
                                    : "wait for its end, or delete this file if that process is gone: it cannot be seen from here")
                    .build();
        }
    }

    /**
     * Gives the right back. The file of this process is deleted last: while it exists, no process can take a later
     * number, and the files before it belong to processes that are gone.
     */
    void release() throws IOException {
        int after = number + 1;
        while (Files.deleteIfExists(file(root, after))) {
            after++; // a process was killed while it gave its right back
        }
        for (int each = 1; each <= number; each++) {
            Files.deleteIfExists(file(root, each));
        }
    }
}
