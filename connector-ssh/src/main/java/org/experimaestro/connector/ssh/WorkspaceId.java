package org.experimaestro.connector.ssh;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.UUID;
import java.util.regex.Pattern;
import org.experimaestro.base.file.BoundedFile;
import org.experimaestro.core.file.AtomicFile;
import org.experimaestro.workspace.WorkspaceLayout;

/**
 * The identity of a workspace for its copies, in its file {@value WorkspaceLayout#ID}. The name of a machine may
 * change while its jobs run elsewhere, and one workspace may be reached from several machines.
 */
final class WorkspaceId {
    private static final int MOST_BYTES = 1_000;
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,63}");

    private WorkspaceId() {}

    /**
     * Returns the identity of a workspace, and makes it at the first call.
     *
     * @param workspace its folder, which is made too
     * @return a text that no other workspace has, except a copy of this one
     * @throws IOException if it can neither be read nor written
     */
    static String of(Path workspace) throws IOException {
        Path file = workspace.resolve(WorkspaceLayout.ID);
        try {
            return read(file);
        } catch (NoSuchFileException notYet) {
            Files.createDirectories(workspace);
        }
        // If several processes do this, one wins, and no reader sees half of it.
        AtomicFile.create(file, UUID.randomUUID() + "\n");
        return read(file);
    }

    private static String read(Path file) throws IOException {
        String id = new String(BoundedFile.read(file, MOST_BYTES), StandardCharsets.UTF_8).strip();
        if (!FORM.matcher(id).matches()) {
            // It names a folder on hosts, which a user must not choose by writing in the workspace.
            throw new FileSystemException(
                    file.toString(),
                    null,
                    "it does not hold a name of letters, digits and hyphens: delete it, and the"
                            + " copies of this workspace on other hosts are made anew");
        }
        return id;
    }
}
