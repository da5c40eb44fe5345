package org.experimaestro.connector.ssh;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * What a workspace is called by its copies, in its file {@value #FILE}: the name of a machine may change while its jobs run
 * elsewhere, and one workspace may be reached from several machines.
 */
final class WorkspaceId {
    /** Its name, at the top of the workspace. */
    static final String FILE = ".experimaestro-id";

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
        if (!Files.exists(file)) {
            Files.createDirectories(workspace);
            Path temporary = workspace.resolve(LocalTree.TEMPORARY + UUID.randomUUID());
            Files.writeString(temporary, UUID.randomUUID() + "\n");
            try {
                // Of two that do this, one wins; and nobody reads half of it.
                Files.createLink(file, temporary);
            } catch (FileAlreadyExistsException another) {
                return Files.readString(file).strip();
            } catch (UnsupportedOperationException noLinks) {
                Files.copy(temporary, file);
            } finally {
                Files.delete(temporary);
            }
        }
        return Files.readString(file).strip();
    }
}
