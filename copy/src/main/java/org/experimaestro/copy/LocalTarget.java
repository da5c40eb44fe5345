package org.experimaestro.copy;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.experimaestro.WorkspaceException;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.spi.FolderEntry;
import org.experimaestro.spi.UnreachableException;
import org.experimaestro.workspace.Incoming;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.RunState;
import org.experimaestro.workspace.Workspace;
import org.jspecify.annotations.Nullable;

/** A workspace of this machine into which parts are copied. Confined to one thread. */
public final class LocalTarget implements CopyTarget {
    private final Path root;
    private final @Nullable Path origin;
    private @Nullable Incoming incoming;

    /**
     * Creates a target.
     *
     * @param folder the workspace, which need not exist
     * @throws WorkspaceException if it cannot be a workspace, or is a bundle
     */
    public LocalTarget(Path folder) {
        this(folder, null);
    }

    /**
     * Creates a target that is to have copies of its own: a job that is only a link there, or has the very folder of the
     * source, is refused.
     *
     * @param folder the workspace, which need not exist
     * @param origin the folder of the workspace from which jobs are copied; {@code null} if links count as copies
     * @throws WorkspaceException if it cannot be a workspace, or is a bundle
     */
    public LocalTarget(Path folder, @Nullable Path origin) {
        Workspace workspace = Workspace.view(folder);
        workspace.requireWritable();
        this.root = workspace.root();
        this.origin = origin;
    }

    @Override
    public String name() {
        return root.toString();
    }

    @Override
    public Map<CopyPart, Presence> look(Collection<CopyPart> parts) {
        Map<CopyPart, Presence> found = new HashMap<>();
        FolderLister lister = new FolderLister(root, true);
        parts.forEach(part -> found.put(part, look(part, lister)));
        return found;
    }

    private Presence look(CopyPart part, FolderLister lister) {
        if (!Files.exists(root.resolve(part.path()), LinkOption.NOFOLLOW_LINKS)) {
            return new Presence.Absent();
        }
        return switch (part.kind()) {
            case CODE, FILE -> new Presence.Complete(lister.list(part));
            case JOB -> job(part, lister);
            case RUN -> run(part, lister);
        };
    }

    private Presence job(CopyPart part, FolderLister lister) {
        JobFolder job = JobFolder.at(root.resolve(part.path()));
        if (origin != null) {
            Optional<String> shared = CopyCheck.findShared(origin.resolve(part.path()), job.path());
            if (shared.isPresent()) {
                return Presence.Busy.of(shared.get(), "remove the link, so that a copy takes its place");
            }
        }
        JobStatus status = job.status();
        return switch (status) {
            case JobStatus.Done _ -> new Presence.Complete(lister.list(part));
            case JobStatus.New _, JobStatus.Failed _, JobStatus.Removed _ ->
                new Presence.Replaceable(lister.list(part), status);
            case JobStatus.Active _ ->
                Presence.Busy.of(
                        "it is " + status.state().name().toLowerCase(Locale.ROOT) + " there",
                        "wait for its end, or end it there with: experimaestro jobs kill " + job.name());
            case JobStatus.Corrupt corrupt ->
                Presence.Busy.of(
                        "its state there cannot be read, and it may run: " + corrupt.message(),
                        "if it does not run, delete that file first");
        };
    }

    private Presence run(CopyPart part, FolderLister lister) {
        boolean goesOn;
        try {
            goesOn = Workspace.view(root)
                    .experiment(part.experiment())
                    .run(part.run())
                    .description()
                    .map(description -> RunState.of(description) == RunState.RUNNING)
                    .orElse(false);
        } catch (WorkspaceException | JsonException | IllegalArgumentException unreadable) {
            goesOn = false;
        }
        return goesOn
                ? Presence.Busy.of("it goes on there", "wait for its end")
                : new Presence.Complete(lister.list(part));
    }

    @Override
    public void begin() {
        incoming = Incoming.open(Workspace.open(root));
    }

    private Incoming incoming() {
        Incoming begun = incoming;
        if (begun == null) {
            throw new IllegalStateException("The copy has not begun");
        }
        return begun;
    }

    @Override
    public long stage(Collection<CopyPart> parts, SortedMap<String, FolderEntry> entries, CopySource source)
            throws UnreachableException, InterruptedException {
        return new Staging(incoming().folder()).stage(parts, entries, source);
    }

    @Override
    public void place(CopyPart part, Presence expected) {
        Path place = root.resolve(part.path());
        if (part.isFile()) {
            // Somebody else may have put the file there, with the same content or another; that one stays.
            incoming().placeFile(place);
        } else if (expected instanceof Presence.Replaceable there) {
            incoming().replace(JobFolder.at(place), there.status());
        } else {
            incoming().place(part.name(), place);
        }
    }

    @Override
    public void close() {
        Incoming begun = incoming;
        if (begun != null) {
            begun.close();
        }
    }
}
