package org.experimaestro.copy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.experimaestro.WorkspaceException;
import org.experimaestro.core.json.FileFormat;
import org.experimaestro.core.json.Json;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.core.json.JsonObject;
import org.experimaestro.spi.Connector;
import org.experimaestro.spi.FolderEntry;
import org.experimaestro.spi.HostFolder;
import org.experimaestro.spi.RefusedException;
import org.experimaestro.spi.Shell;
import org.experimaestro.spi.ShellText;
import org.experimaestro.spi.UnreachableException;
import org.experimaestro.workspace.CopyScripts;
import org.experimaestro.workspace.JobFiles;
import org.experimaestro.workspace.Workspace;
import org.jspecify.annotations.Nullable;

/**
 * A workspace of another host into which parts of a workspace of this machine are copied. Whether a job runs there cannot be
 * seen from here, so a job that the host has and that is not done is left alone. Confined to one thread.
 */
public final class HostTarget implements CopyTarget {
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final Connector connector;
    private final HostAddress address;
    private @Nullable HostFolder folder;
    private @Nullable HostFolder incoming;

    /**
     * Creates a target.
     *
     * @param connector the connection, which the caller closes after this target
     * @param address the place of the workspace, which need not exist
     */
    public HostTarget(Connector connector, HostAddress address) {
        this.connector = connector;
        this.address = address;
    }

    @Override
    public String name() {
        return address.toString();
    }

    @Override
    public Map<CopyPart, Presence> look(Collection<CopyPart> parts) throws UnreachableException, InterruptedException {
        Map<CopyPart, Presence> found = new HashMap<>();
        SortedMap<String, FolderEntry> entries = entries(parts);
        for (CopyPart part : parts) {
            SortedMap<String, FolderEntry> own = part.of(entries);
            own.keySet().removeIf(part::isLeftOut);
            if (own.isEmpty()) {
                found.put(part, new Presence.Absent());
            } else if (part.kind() != CopyPart.Kind.JOB || own.containsKey(JobFiles.doneMarker(part.path()))) {
                found.put(part, new Presence.Complete(own));
            } else {
                found.put(
                        part,
                        new Presence.Busy(
                                own,
                                address + " has it, where it is not done, and may run",
                                "if it has failed, clean it there with: experimaestro jobs clean " + part.name()));
            }
        }
        return found;
    }

    private SortedMap<String, FolderEntry> entries(Collection<CopyPart> parts)
            throws UnreachableException, InterruptedException {
        HostFolder there;
        try {
            there = connector.folder(address.path(), false);
        } catch (RefusedException noFolderYet) {
            return new TreeMap<>(); // making it fails with the reason, if there is another one
        }
        try {
            return there.list(parts.stream().map(CopyPart::path).toList());
        } catch (RefusedException refused) {
            throw failed(String.valueOf(refused.getMessage()));
        }
    }

    @Override
    public void begin() throws UnreachableException, InterruptedException {
        try {
            HostFolder there = connector.folder(address.path(), true);
            Shell.Output output = there.run(CopyScripts.BEGIN, LIMIT);
            if (!output.isSuccess()) {
                throw failed(output.complaint());
            }
            String out = output.out();
            int end = out.lastIndexOf('\n');
            FileFormat.require(
                    JsonObject.of(Json.parse(out.substring(0, end)), address.toString()),
                    Workspace.FORMAT,
                    Workspace.FORMAT,
                    "convert it there with: experimaestro workspaces upgrade DIR");
            folder = there;
            incoming = connector.folder(there.path() + "/" + out.substring(end + 1), false);
        } catch (RefusedException | JsonException refused) {
            throw failed(String.valueOf(refused.getMessage()));
        }
    }

    private static HostFolder begun(@Nullable HostFolder folder) {
        if (folder == null) {
            throw new IllegalStateException("The copy has not begun");
        }
        return folder;
    }

    @Override
    public long stage(Collection<CopyPart> parts, SortedMap<String, FolderEntry> entries, CopySource source)
            throws UnreachableException, InterruptedException {
        HostFolder staging = begun(incoming);
        List<String> paths = parts.stream().map(CopyPart::path).toList();
        try {
            SortedMap<String, FolderEntry> staged = staging.list(paths);
            delete(staging, entries, staged);
            long bytes = 0;
            List<String> sent = new ArrayList<>();
            for (CopyPart part : parts) {
                for (Map.Entry<String, FolderEntry> entry : part.of(entries).entrySet()) {
                    FolderEntry there = staged.get(entry.getKey());
                    boolean isStaged = there != null && there.hasContentOf(entry.getValue());
                    bytes += !isStaged && entry.getValue() instanceof FolderEntry.Content content ? content.size() : 0;
                    if (part.kind() == CopyPart.Kind.RUN && entry.getValue() instanceof FolderEntry.Content) {
                        sent.add(entry.getKey());
                    }
                }
                if (part.kind() != CopyPart.Kind.RUN) {
                    sent.add(part.path());
                }
            }
            staging.send(source.workspace().root(), sent);
            compare(entries, staging.list(paths));
            return bytes;
        } catch (RefusedException refused) {
            throw failed(String.valueOf(refused.getMessage()));
        }
    }

    /** Deletes what is staged, and is not what is to be staged. */
    private void delete(
            HostFolder staging, SortedMap<String, FolderEntry> entries, SortedMap<String, FolderEntry> staged)
            throws UnreachableException, InterruptedException {
        StringBuilder script = new StringBuilder();
        staged.forEach((path, entry) -> {
            FolderEntry wanted = entries.get(path);
            if (wanted == null || !entry.hasContentOf(wanted)) {
                script.append("rm -rf ").append(ShellText.quote("./" + path)).append(" || exit 1\n");
            }
        });
        if (!script.isEmpty()) {
            Shell.Output output = staging.run(script.toString(), LIMIT);
            if (!output.isSuccess()) {
                throw failed(output.complaint());
            }
        }
    }

    private void compare(SortedMap<String, FolderEntry> entries, SortedMap<String, FolderEntry> staged) {
        entries.forEach((path, entry) -> {
            FolderEntry there = staged.get(path);
            if (there == null || !there.hasContentOf(entry)) {
                throw failed(path + (there == null ? " has not arrived" : " has arrived with other content")
                        + ", so it was changed while it was copied");
            }
        });
        staged.forEach((path, entry) -> {
            if (!entries.containsKey(path)) {
                throw failed(path + " has appeared while it was copied");
            }
        });
    }

    @Override
    public void place(CopyPart part, Presence expected) throws UnreachableException, InterruptedException {
        HostFolder there = begun(folder);
        String staged = begun(incoming).path() + "/" + part.path();
        Shell.Output output = there.run(
                "staged=" + ShellText.quote(staged) + "\nplace="
                        + ShellText.quote(there.path() + "/" + part.path()) + "\n"
                        + (part.isFile() ? CopyScripts.PLACE_FILE : CopyScripts.PLACE),
                LIMIT);
        if (!output.isSuccess()) {
            throw WorkspaceException.of("Cannot copy " + part.name() + " to " + address + ": " + output.complaint())
                    .advice("look at it, and give the command again")
                    .build();
        }
    }

    private WorkspaceException failed(String reason) {
        return WorkspaceException.of("Cannot copy to " + address + ": " + reason)
                .build();
    }

    /** Deletes the folders of the copy that are empty. What is left is used by the next copy. */
    @Override
    public void close() {
        HostFolder there = folder;
        if (there != null) {
            try {
                there.run(CopyScripts.END, LIMIT);
            } catch (UnreachableException left) {
                return; // empty folders do no harm
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
