package org.experimaestro.copy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.experimaestro.WorkspaceException;
import org.experimaestro.base.file.Folders;
import org.experimaestro.spi.Connector;
import org.experimaestro.spi.FolderEntry;
import org.experimaestro.spi.HostFolder;
import org.experimaestro.spi.RefusedException;
import org.experimaestro.spi.Shell;
import org.experimaestro.spi.UnreachableException;
import org.experimaestro.workspace.CopyScripts;
import org.experimaestro.workspace.Failures;
import org.experimaestro.workspace.Workspace;

/**
 * A workspace of another host, from which parts are copied. Its jobs are selected by a temporary copy of the small files
 * from which their states are found. Confined to one thread.
 */
public final class HostSource implements CopySource {
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final HostAddress address;
    private final HostFolder folder;
    private final Path mirror;
    private final Workspace workspace;

    private HostSource(HostAddress address, HostFolder folder, Path mirror, Workspace workspace) {
        this.address = address;
        this.folder = folder;
        this.mirror = mirror;
        this.workspace = workspace;
    }

    /**
     * Opens a workspace of a host.
     *
     * @param connector the connection, which the caller closes after this source
     * @param address the place of the workspace
     * @return the source
     * @throws WorkspaceException if there is no workspace, or it cannot be read
     * @throws UnreachableException if the host does not answer
     * @throws InterruptedException if this thread is interrupted
     */
    public static HostSource open(Connector connector, HostAddress address)
            throws UnreachableException, InterruptedException {
        Path mirror;
        try {
            mirror = Files.createTempDirectory("experimaestro-copy-");
        } catch (IOException failed) {
            throw failed("read", address, Failures.reason(failed));
        }
        try {
            HostFolder folder = connector.folder(address.path(), false);
            Shell.Output output = folder.run(CopyScripts.LIST, LIMIT);
            if (!output.isSuccess()) {
                throw failed("read", address, output.complaint());
            }
            HostSource reader = new HostSource(address, folder, mirror, Workspace.view(mirror));
            reader.fill(output.out().lines().toList());
            return new HostSource(address, folder, mirror, Workspace.view(mirror));
        } catch (RefusedException refused) {
            delete(mirror);
            throw failed("read", address, String.valueOf(refused.getMessage()));
        } catch (UnreachableException | WorkspaceException | InterruptedException failed) {
            delete(mirror);
            throw failed;
        }
    }

    /** Fetches the files by which jobs are selected. Of others that are selected themselves, it makes empty ones. */
    private void fill(List<String> names) throws UnreachableException, InterruptedException {
        List<CopyPart> files = names.stream()
                .filter(CopyScripts::isSelecting)
                .map(FileParts::of)
                .toList();
        SortedMap<String, FolderEntry> entries = new TreeMap<>(list(files));
        entries.values().removeIf(entry -> !(entry instanceof FolderEntry.Content));
        new Staging(mirror).stage(files, entries, this);
        try {
            for (String name : names) {
                if (CopyScripts.isSelected(name)) {
                    Path file = mirror.resolve(name).normalize();
                    if (file.startsWith(mirror)) {
                        Files.createDirectories(file.resolveSibling(""));
                        Files.write(file, new byte[0]);
                    }
                }
            }
        } catch (IOException failed) {
            throw failed("read", address, Failures.reason(failed));
        }
    }

    @Override
    public Workspace workspace() {
        return workspace;
    }

    @Override
    public SortedMap<String, FolderEntry> list(Collection<CopyPart> parts)
            throws UnreachableException, InterruptedException {
        try {
            SortedMap<String, FolderEntry> entries =
                    folder.list(parts.stream().map(CopyPart::path).toList());
            for (CopyPart part : parts) {
                if (part.kind() == CopyPart.Kind.RUN) {
                    part.of(entries).keySet().stream()
                            .filter(part::isLeftOut)
                            .toList()
                            .forEach(entries::remove);
                }
            }
            return entries;
        } catch (RefusedException refused) {
            throw failed("read", address, String.valueOf(refused.getMessage()));
        }
    }

    @Override
    public void read(Map<String, FolderEntry.Content> files, HostFolder.Receiver receiver)
            throws UnreachableException, InterruptedException {
        try {
            folder.fetch(files, receiver);
        } catch (IOException failed) {
            throw failed("copy files of", address, Failures.reason(failed));
        }
    }

    private static WorkspaceException failed(String action, HostAddress address, String reason) {
        return WorkspaceException.of("Cannot " + action + " the workspace " + address + ": " + reason)
                .build();
    }

    @Override
    public void close() {
        delete(mirror);
    }

    private static void delete(Path mirror) {
        try {
            Folders.delete(mirror);
        } catch (IOException left) {
            System.getLogger(HostSource.class.getName())
                    .log(System.Logger.Level.DEBUG, "Cannot delete " + mirror, left);
        }
    }
}
