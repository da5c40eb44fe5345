package org.experimaestro.copy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.experimaestro.WorkspaceException;
import org.experimaestro.base.file.BoundedFile;
import org.experimaestro.spi.FolderEntry;
import org.experimaestro.spi.HostFolder;
import org.experimaestro.workspace.Failures;
import org.experimaestro.workspace.Workspace;

/** A workspace of this machine, or an opened bundle, from which parts are copied. Confined to one thread. */
public final class LocalSource implements CopySource {
    private final Workspace workspace;
    private final FolderLister lister;

    /**
     * Creates a source.
     *
     * @param workspace the workspace
     */
    public LocalSource(Workspace workspace) {
        this.workspace = workspace;
        this.lister = new FolderLister(workspace.root(), true);
    }

    @Override
    public Workspace workspace() {
        return workspace;
    }

    @Override
    public SortedMap<String, FolderEntry> list(Collection<CopyPart> parts) {
        SortedMap<String, FolderEntry> entries = new TreeMap<>();
        for (CopyPart part : parts) {
            Optional<String> link = doubtfulLink(part);
            if (link.isPresent()) {
                // Otherwise its maker could have private files of this user copied to where others read them.
                entries.put(part.path(), new FolderEntry.Strange("is behind the link " + link.get()));
            } else {
                entries.putAll(lister.list(part));
            }
        }
        return entries;
    }

    private Optional<String> doubtfulLink(CopyPart part) {
        try {
            return workspace.findDoubtfulLink(workspace.root().resolve(part.path()));
        } catch (NoSuchFileException vanished) {
            return Optional.empty();
        } catch (IOException unreadable) {
            return Optional.of("that cannot be read: " + Failures.reason(unreadable));
        }
    }

    @Override
    public void read(Map<String, FolderEntry.Content> files, HostFolder.Receiver receiver) {
        for (String path : files.keySet()) {
            Path file = workspace.root().resolve(path);
            try (InputStream content = BoundedFile.open(file)) {
                receiver.receive(path, content);
            } catch (NoSuchFileException vanished) {
                // The comparison finds that it is missing.
            } catch (IOException failed) {
                throw WorkspaceException.of("Cannot copy " + file + ": " + Failures.reason(failed))
                        .cause(failed)
                        .build();
            }
        }
    }

    /** Does nothing. */
    @Override
    public void close() {}
}
