package org.experimaestro.connector.ssh;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.UUID;
import org.experimaestro.internal.file.BoundedFile;
import org.experimaestro.internal.file.FileName;

/**
 * What a workspace is called by its copies, in its file {@value #FILE}: the name of a machine may change while its jobs run
 * elsewhere, and one workspace may be reached from several machines.
 */
final class WorkspaceId {
    /** Its name, at the top of the workspace. */
    static final String FILE = ".experimaestro-id";

    private static final int LARGEST = 1_000;

    private WorkspaceId() {}

    /**
     * The workspace's own, made when it is first asked for.
     *
     * @param workspace its folder, which is made too
     * @return a text that no other workspace has, but for one that was copied from this
     * @throws IOException if it can neither be read nor written
     */
    static String of(Path workspace) throws IOException {
        Path file = workspace.resolve(FILE);
        try {
            return read(file);
        } catch (NoSuchFileException notYet) {
            Files.createDirectories(workspace);
        }
        Path temporary = workspace.resolve(LocalTree.TEMPORARY + UUID.randomUUID());
        try {
            Files.writeString(temporary, UUID.randomUUID() + "\n");
            // If several processes do this, one wins, and nobody reads half of it.
            FileName.take(temporary, file);
        } finally {
            Files.deleteIfExists(temporary);
        }
        return read(file);
    }

    private static String read(Path file) throws IOException {
        return new String(BoundedFile.read(file, LARGEST), StandardCharsets.UTF_8).strip();
    }
}
