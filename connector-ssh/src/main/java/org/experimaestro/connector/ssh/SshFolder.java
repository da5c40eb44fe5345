package org.experimaestro.connector.ssh;

import static org.experimaestro.spi.ShellText.quote;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.experimaestro.spi.CommandRun;
import org.experimaestro.spi.FolderEntry;
import org.experimaestro.spi.HostFolder;
import org.experimaestro.spi.RefusedException;
import org.experimaestro.spi.Shell;
import org.experimaestro.spi.UnreachableException;

/** A folder of a host, of which files are copied by {@code tar}, {@code find} and {@code sha256sum}. Thread-safe. */
final class SshFolder implements HostFolder {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final int OWNER_EXECUTE = 0100;

    private final RemoteShell shell;
    private final String root;

    private SshFolder(RemoteShell shell, String root) {
        this.shell = shell;
        this.root = root;
    }

    /**
     * Opens a folder of a host.
     *
     * @param shell the host
     * @param path absolute, or relative to the user's home
     * @param make whether a missing folder is made
     * @throws RefusedException if there is no such folder, or it cannot be made
     */
    static SshFolder open(RemoteShell shell, String path, boolean make)
            throws UnreachableException, RefusedException, InterruptedException {
        String home = path.startsWith("~/") ? path.substring(2) : path;
        String folder = path.startsWith("/") ? quote(path) : "\"$HOME\"/" + quote(home);
        Shell.Output output = shell.run(
                "folder=" + folder + "\n"
                        + (make ? "mkdir -p \"$folder\" || exit 1\n" : "")
                        + "cd \"$folder\" && pwd -P\n",
                LIMIT);
        if (!output.isSuccess()) {
            throw new RefusedException(
                    "Cannot open the folder " + path + " of " + shell.name() + ": " + output.complaint());
        }
        return new SshFolder(shell, output.out().strip());
    }

    @Override
    public String path() {
        return root;
    }

    @Override
    public SortedMap<String, FolderEntry> list(Collection<String> paths)
            throws UnreachableException, RefusedException, InterruptedException {
        SortedMap<String, FolderEntry> entries = new TreeMap<>();
        if (paths.isEmpty()) {
            return entries;
        }
        HostFiles host = new HostFiles(shell, root);
        HostFiles.Listing listing = host.find(List.of(), paths, List.of());
        List<HostFiles.Found> files = new ArrayList<>();
        List<String> links = new ArrayList<>();
        for (HostFiles.Found found : listing.files().values()) {
            if (found.isFile()) {
                files.add(found);
            } else if (found.isLink()) {
                links.add(found.path());
            } else if (found.isFolder()) {
                entries.put(found.path(), new FolderEntry.Folder());
            } else {
                entries.put(found.path(), new FolderEntry.Strange("is a pipe, a socket or a device"));
            }
        }
        // Without digests that were kept: what is compared is on the disk now.
        Map<String, String> digests = new HostDigests(host).of(files, listing);
        for (HostFiles.Found file : files) {
            String digest = digests.get(file.path());
            if (digest != null) {
                boolean isExecutable = (file.permissions() & OWNER_EXECUTE) != 0;
                entries.put(file.path(), new FolderEntry.Content(file.size(), digest, isExecutable, file.modified()));
            }
        }
        host.targets(links).forEach((link, target) -> entries.put(link, new FolderEntry.Link(target)));
        return entries;
    }

    @Override
    public void fetch(Map<String, FolderEntry.Content> files, Receiver receiver)
            throws UnreachableException, IOException, InterruptedException {
        if (files.isEmpty()) {
            return;
        }
        Set<String> received = new HashSet<>();
        fetch(files, received, receiver);
        for (Map.Entry<String, FolderEntry.Content> file : files.entrySet()) {
            if (!received.contains(file.getKey())) {
                // A further name of one file is in an archive without its content, unless it is there alone.
                fetch(Map.of(file.getKey(), file.getValue()), received, receiver);
            }
        }
    }

    private void fetch(Map<String, FolderEntry.Content> files, Set<String> received, Receiver receiver)
            throws UnreachableException, IOException, InterruptedException {
        Map<String, HostFiles.Found> listed = new TreeMap<>();
        StringBuilder names = new StringBuilder();
        files.forEach((path, content) -> {
            listed.put(path, HostFiles.Found.ofFile(path, content.size(), content.modified()));
            names.append("./").append(path).append('\n');
        });
        shell.stream(
                "cd " + quote(root) + " || exit 1\n" + WorkspaceDownload.GET,
                CommandRun.text(names.toString()),
                stream -> read(stream, listed, received, receiver),
                Duration.ofDays(1));
    }

    private static int read(
            InputStream stream, Map<String, HostFiles.Found> listed, Set<String> received, Receiver receiver)
            throws IOException {
        new HostArchive(stream, listed).read((found, entry, content) -> {
            if (!entry.isLink() && received.add(found.path())) {
                receiver.receive(found.path(), content);
            }
        });
        return received.size();
    }

    @Override
    public void send(Path here, Collection<String> paths)
            throws UnreachableException, RefusedException, InterruptedException {
        HostFiles host = new HostFiles(shell, root);
        try {
            Map<String, LocalTree.Entry> entries = LocalTree.of(
                    here,
                    (link, target) -> link.resolveSibling("").relativize(target).toString(),
                    paths.stream().map(here::resolve).toList());
            new WorkspaceUpload(shell, host, new HostDigests(host), root).send(entries);
        } catch (IOException unreadable) {
            throw new RefusedException("Cannot send files of " + here + " to " + shell.name() + ": " + unreadable);
        }
    }

    @Override
    public Shell.Output run(String script, Duration limit) throws UnreachableException, InterruptedException {
        return shell.run("cd " + quote(root) + " || exit 1\n" + script, limit);
    }

    @Override
    public String toString() {
        return shell.name() + ":" + root;
    }
}
