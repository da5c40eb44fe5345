package org.experimaestro.cli.experiment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.Optional;
import org.experimaestro.workspace.WorkspaceLayout;

/**
 * A notice that the umask of this process closes to a group what the group shares: the members could read the jobs of this
 * run, and could not run them again or clean them.
 */
final class UmaskNotice {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String NAME = "Umask:";
    private static final int OCTAL = 8;

    /** The bits of chmod(2) of a folder that a group shares: setgid, and the permission of the group to write. */
    private static final int SHARED = 02020;

    private static final int GROUP_WRITES = 0020;

    private UmaskNotice() {}

    /**
     * Returns the notice about a workspace.
     *
     * @param workspace an existing workspace
     * @return empty if no group shares it, the group may write in new folders, or the system does not show that
     */
    static Optional<String> find(Path workspace) {
        try {
            return find(WorkspaceLayout.jobs(workspace), Files.readString(STATUS, StandardCharsets.ISO_8859_1));
        } catch (IOException otherSystem) {
            return Optional.empty();
        }
    }

    /** Returns the notice about a folder of jobs, by the text of proc_pid_status(5). */
    static Optional<String> find(Path jobs, String status) throws IOException {
        Optional<String> umask = status.lines()
                .filter(line -> line.startsWith(NAME))
                .map(line -> line.substring(NAME.length()).strip())
                .findFirst();
        if (umask.isEmpty()
                || (Integer.parseInt(umask.get(), OCTAL) & GROUP_WRITES) == 0
                || ((Integer) Files.getAttribute(jobs, "unix:mode") & SHARED) != SHARED) {
            return Optional.empty();
        }
        String group =
                Files.readAttributes(jobs, PosixFileAttributes.class).group().getName();
        return Optional.of("The umask is " + umask.get() + ", so the group " + group + ", which shares " + jobs
                + ", cannot run or clean the new jobs of this run; set it before: umask 002");
    }
}
