package org.experimaestro.connector.ssh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import org.experimaestro.core.file.AtomicFile;
import org.experimaestro.spi.HostWorkspace;
import org.experimaestro.spi.RefusedException;
import org.experimaestro.spi.Shell;
import org.experimaestro.spi.ShellText;
import org.experimaestro.spi.UnreachableException;

/** A workspace that the host shares by a network file system, at the same path or at another. Immutable. */
final class SharedWorkspace implements HostWorkspace {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final Path here;
    private final String there;

    private SharedWorkspace(Path here, String there) {
        this.here = here;
        this.there = there;
    }

    /**
     * Opens the workspace, after a check that the host really has it.
     *
     * @param shell the host
     * @param root the workspace here
     * @param shared its place there
     * @throws RefusedException if the workspace is not below the folder that is shared, or the host does not see its
     *     files
     */
    static SharedWorkspace open(RemoteShell shell, Path root, SshOptions.Sharing.Shared shared)
            throws UnreachableException, RefusedException, InterruptedException {
        Path folder = root.toAbsolutePath().normalize();
        if (!folder.startsWith(shared.here())) {
            throw new RefusedException(
                    "The workspace " + folder + " is not shared with " + shell.name() + ": mount lists only "
                            + shared.here() + " is. Put it there, or give the connector workspace: copy");
        }
        SharedWorkspace workspace = new SharedWorkspace(shared.here(), shared.there());
        workspace.check(shell, folder);
        return workspace;
    }

    private void check(RemoteShell shell, Path folder)
            throws UnreachableException, RefusedException, InterruptedException {
        // No host can have looked up this name before, so no cache of a network file system has it.
        Path probe = folder.resolve(AtomicFile.TEMPORARY + "probe-" + UUID.randomUUID());
        try {
            Files.createDirectories(folder);
            Files.writeString(probe, "Does another host see this file?\n");
            try {
                Shell.Output output = shell.run("test -f " + ShellText.quote(path(probe)), LIMIT);
                if (!output.isSuccess()) {
                    throw new RefusedException(
                            shell.name() + " does not see the files of the workspace " + folder + " at "
                                    + path(folder)
                                    + ". If it has them at another path, give the connector mount: HERE:THERE; if it does not have "
                                    + "them at all, workspace: copy");
                }
            } finally {
                Files.delete(probe);
            }
        } catch (IOException failed) {
            throw new RefusedException("Cannot write to the workspace " + folder + ": " + failed);
        }
    }

    @Override
    public String path(Path local) {
        String rest = here.relativize(local.normalize()).toString();
        String base = there.endsWith("/") ? there : there + "/";
        return rest.isEmpty() ? there : base + rest;
    }

    @Override
    public boolean isShared() {
        return true;
    }

    @Override
    public void send(Collection<Path> files) {
        // The host has the files.
    }

    @Override
    public Map<Path, String> fetch(Collection<Path> jobs) {
        // The files are here.
        return Map.of();
    }

    @Override
    public Map<Path, String> fetchEnded(Collection<Path> jobs) {
        return Map.of();
    }
}
