package org.experimaestro.connector.ssh;

import static org.experimaestro.spi.ShellText.quote;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.experimaestro.base.file.Digests;
import org.experimaestro.spi.HostWorkspace;
import org.experimaestro.spi.RefusedException;
import org.experimaestro.spi.Shell;
import org.experimaestro.spi.UnreachableException;

/**
 * A workspace with a copy in a folder of the host. Thread-safe: only one thread sends, and only one fetches, at a
 * time.
 */
final class CopiedWorkspace implements HostWorkspace {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final int DIGEST_LENGTH = 12;

    private final RemoteShell shell;
    private final Path here;
    private final String there;
    private final HostFiles host;
    private final HostDigests digests;
    private final ReentrantLock sending = new ReentrantLock();
    private final ReentrantLock fetching = new ReentrantLock();

    private CopiedWorkspace(RemoteShell shell, Path here, String there) {
        this.shell = shell;
        this.here = here;
        this.there = there;
        this.host = new HostFiles(shell, there);
        this.digests = new HostDigests(host);
    }

    /**
     * Opens the copy of a workspace. Its folder is made if it does not exist. Only the user of the host may access
     * it, regardless of the umask, because its content is executed.
     *
     * @param shell the host
     * @param root the workspace here
     * @param base the parent folder of copies on the host, an absolute path or one that begins with {@code ~/}
     * @throws RefusedException if the folder cannot be made, or belongs to another user
     */
    static CopiedWorkspace open(RemoteShell shell, Path root, String base)
            throws UnreachableException, RefusedException, InterruptedException {
        Path here = root.toAbsolutePath().normalize();
        String name = name(here);
        String folder = base.startsWith("~/") ? "\"$HOME\"/" + quote(base.substring(2)) : quote(base);
        Shell.Output output = shell.run(
                "base=" + folder + "\n"
                        + "name=" + quote(name) + "\n"
                        + "mkdir -p \"$base\" || exit 1\n"
                        + "(umask 077 && mkdir -p \"$base/$name\") || exit 1\n"
                        + "cd \"$base/$name\" || exit 1\n"
                        + "if [ ! -O . ]; then\n"
                        + "  printf '%s belongs to another user; give the connector another folder\\n' \"$base/$name\" >&2\n"
                        + "  exit 1\n"
                        + "fi\n"
                        + "chmod go-rwx . && mkdir -p .incoming || exit 1\n"
                        + "[ -e .copy-of ] || printf '%s\\n' " + quote(here.toString()) + " >.copy-of || exit 1\n"
                        + "pwd -P\n",
                LIMIT);
        if (!output.isSuccess()) {
            throw new RefusedException("Cannot make a folder for the copy of " + here + " on " + shell.name() + " in "
                    + base + ": " + output.complaint());
        }
        return new CopiedWorkspace(shell, here, output.out().strip());
    }

    /** Returns the workspace's name, for display, and a part that distinguishes it from others of that name. */
    private static String name(Path here) throws RefusedException {
        String name =
                here.getFileName() == null ? "workspace" : here.getFileName().toString();
        if (here.toString().indexOf('\n') >= 0) {
            throw new RefusedException("The workspace cannot be copied, since there is a line end in its name: \""
                    + here.toString().replace("\n", "\\n") + "\"");
        }
        try {
            byte[] digest =
                    Digests.newSha256().digest((WorkspaceId.of(here) + "\n" + here).getBytes(StandardCharsets.UTF_8));
            return name + "-" + HexFormat.of().formatHex(digest).substring(0, DIGEST_LENGTH);
        } catch (IOException failed) {
            throw new RefusedException("Cannot write to the workspace " + here + ": " + failed);
        }
    }

    @Override
    public String path(Path local) {
        Path normal = local.normalize();
        if (!normal.startsWith(here)) {
            throw new IllegalArgumentException(local + " is not in the workspace " + here);
        }
        String rest = here.relativize(normal).toString().replace(File.separatorChar, '/');
        return rest.isEmpty() ? there : there + "/" + rest;
    }

    @Override
    public boolean isShared() {
        return false;
    }

    @Override
    public void send(Collection<Path> files) throws UnreachableException, RefusedException, InterruptedException {
        sendAndCount(files);
    }

    /** Sends files, and returns the number of files that the host did not have with the same content. */
    int sendAndCount(Collection<Path> files) throws UnreachableException, RefusedException, InterruptedException {
        sending.lockInterruptibly();
        try {
            return new WorkspaceUpload(shell, host, digests, there)
                    .send(LocalTree.of(here, (link, target) -> path(target), files));
        } catch (IOException unreadable) {
            throw new RefusedException("Cannot send files of " + here + " to " + shell.name() + ": " + unreadable);
        } finally {
            sending.unlock();
        }
    }

    @Override
    public Map<Path, String> fetch(Collection<Path> jobs)
            throws UnreachableException, RefusedException, InterruptedException {
        return fetch(jobs, false);
    }

    @Override
    public Map<Path, String> fetchEnded(Collection<Path> jobs)
            throws UnreachableException, RefusedException, InterruptedException {
        return fetch(jobs, true);
    }

    private Map<Path, String> fetch(Collection<Path> jobs, boolean onlyEnded)
            throws UnreachableException, RefusedException, InterruptedException {
        if (jobs.isEmpty()) {
            return Map.of();
        }
        RefusedFiles refusals = new RefusedFiles(folders(jobs));
        fetchAndCount(jobs, onlyEnded, refusals);
        return refusals.sentences(here, shell.name());
    }

    /** Fetches files, and returns the number of files that were stored. */
    int fetchAndCount(Collection<Path> jobs, boolean onlyEnded, RefusedFiles refusals)
            throws UnreachableException, RefusedException, InterruptedException {
        fetching.lockInterruptibly();
        try {
            return new WorkspaceDownload(shell, host, digests, here, there, folders(jobs), onlyEnded, refusals).fetch();
        } finally {
            fetching.unlock();
        }
    }

    private List<String> folders(Collection<Path> jobs) {
        int base = path(here).length() + 1;
        return jobs.stream().map(job -> path(job).substring(base)).sorted().toList();
    }
}
