package org.experimaestro.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.experimaestro.WorkspaceException;
import org.experimaestro.core.file.FileStamp;

/**
 * The folder of a workspace that has what was cleaned. Each cleaning has an entry there, in which the jobs and runs have
 * the paths that they had in the workspace. Thread-safe.
 *
 * <p>Only real folders at these paths count. Nothing that another user has put there, such as a link, is followed.
 */
public final class Trash {
    private static final Pattern ENTRY = Pattern.compile("[0-9]{8}-[0-9]{6}-[0-9a-f]{8}");

    /** The number of the folders between that of an entry and its jobs, with that of the job. */
    private static final int ENTRY_DEPTH = 3;

    private final Workspace workspace;

    /**
     * Returns the trash of a workspace.
     *
     * @param workspace the workspace
     */
    public Trash(Workspace workspace) {
        this.workspace = workspace;
    }

    /**
     * Returns the stamps of the folders that change when a job gets here, or an entry goes: of the trash, and of the types in
     * its newest entry, into which a cleaning that goes on moves jobs.
     *
     * @return empty if there is no trash; without the folders that cannot be looked at
     */
    public List<FileStamp> stamps() {
        List<FileStamp> stamps = new ArrayList<>();
        addStamp(stamps, folder());
        Workspace.listNames(folder()).stream()
                .filter(name -> ENTRY.matcher(name).matches())
                .max(Comparator.naturalOrder()) // the names begin with the times
                .map(newest -> folder().resolve(newest).resolve(WorkspaceLayout.JOBS))
                .ifPresent(jobs -> {
                    addStamp(stamps, jobs);
                    Workspace.listNames(jobs).forEach(type -> addStamp(stamps, jobs.resolve(type)));
                });
        return stamps;
    }

    private static void addStamp(List<FileStamp> stamps, Path folder) {
        try {
            stamps.add(FileStamp.look(folder));
        } catch (IOException missing) {
            // It has no jobs.
        }
    }

    Path folder() {
        return WorkspaceLayout.trash(workspace.root());
    }

    Workspace workspace() {
        return workspace;
    }

    /**
     * Lists the entries that have jobs or runs.
     *
     * @return the entries, the oldest first
     * @throws WorkspaceException if the folder cannot be listed
     */
    public List<TrashEntry> entries() {
        return all().stream()
                .filter(entry -> !entry.items().isEmpty())
                .sorted(Comparator.comparing(TrashEntry::time, Comparator.nullsFirst(Comparator.naturalOrder()))
                        .thenComparing(TrashEntry::name))
                .toList();
    }

    /**
     * Requires that all jobs in the trash can be seen: {@link #entries} leaves out what cannot be looked at.
     *
     * @throws WorkspaceException if a folder cannot be listed or looked at, which may have any job
     */
    public void requireSeen() {
        for (String name : Workspace.listNames(folder())) {
            if (ENTRY.matcher(name).matches()) {
                requireSeen(folder().resolve(name), ENTRY_DEPTH);
            }
        }
    }

    private static void requireSeen(Path path, int depth) {
        try {
            boolean isFolder = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .isDirectory();
            if (isFolder && depth > 0) {
                Workspace.listNames(path).forEach(name -> requireSeen(path.resolve(name), depth - 1));
            }
        } catch (NoSuchFileException gone) {
            // It has no jobs.
        } catch (IOException failed) {
            throw WorkspaceException.of("Cannot look at " + path + ": " + Failures.reason(failed))
                    .at(path.toString())
                    .cause(failed)
                    .build();
        }
    }

    /** Lists all entries, also those from which everything was moved back. */
    List<TrashEntry> all() {
        return Workspace.listNames(folder()).stream()
                .map(folder()::resolve)
                .filter(Trash::isEntry)
                .map(path -> TrashEntry.read(workspace, path))
                .filter(this::isOwn)
                .toList();
    }

    /**
     * Returns an entry.
     *
     * @param name its name, or the beginning of the names of one entry
     * @return the entry
     * @throws WorkspaceException if there is none, or there are several; the message names some
     */
    public TrashEntry entry(String name) {
        List<TrashEntry> known = entries();
        List<TrashEntry> found =
                known.stream().filter(entry -> entry.name().startsWith(name)).toList();
        if (found.size() == 1) {
            return found.get(0);
        }
        throw WorkspaceException.of(
                        found.isEmpty()
                                ? "There is no entry \"" + name + "\" in the trash of " + workspace
                                : "\"" + name + "\" is the beginning of " + found.size() + " entries of the trash")
                .advice(
                        known.isEmpty()
                                ? "the trash is empty"
                                : "the entries are "
                                        + String.join(
                                                ", ",
                                                (found.isEmpty() ? known : found)
                                                        .stream()
                                                                .map(TrashEntry::name)
                                                                .toList()))
                .build();
    }

    /**
     * Finds the entry that has a job. Only this entry is read.
     *
     * @param job the name of the job, {@code type/identifier}
     * @return the newest such entry; empty if the job is not in the trash
     * @throws WorkspaceException if the folder cannot be listed
     */
    public Optional<TrashEntry> find(String job) {
        List<Path> having = new ArrayList<>();
        for (String name : Workspace.listNames(folder())) {
            Path path = folder().resolve(name);
            if (isEntry(path) && TrashEntry.has(path, job)) {
                having.add(path);
            }
        }
        // The names begin with the times.
        having.sort(Comparator.reverseOrder());
        return having.stream()
                .map(path -> TrashEntry.read(workspace, path))
                .filter(this::isOwn)
                .findFirst();
    }

    private static boolean isEntry(Path path) {
        return ENTRY.matcher(path.getFileName().toString()).matches()
                && Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** Returns whether an entry is one of this workspace. A trash behind a link may be that of several. */
    private boolean isOwn(TrashEntry entry) {
        return !Files.isSymbolicLink(folder()) || !entry.isOfAnother(workspace);
    }

    /**
     * Begins a change of the trash, or of what must not get there. One process at a time changes it, so that no job is
     * moved that was cleaned and started again since it was looked at. What a process left that was killed is put in
     * order.
     *
     * @return the change, to be closed
     * @throws WorkspaceException if another process changes the trash, or the workspace cannot be written
     */
    public TrashChange change() {
        String action = "change the trash of " + workspace;
        try {
            OwnFolders.make(workspace.root(), folder());
        } catch (IOException failed) {
            throw cannot(action, failed);
        }
        return change(action);
    }

    /**
     * Begins a change of what must not get to the trash, as {@link #change()} does. It makes no folder: a pin needs no
     * trash.
     *
     * @param action what the change is for, as in "Cannot pin the job"
     */
    TrashChange change(String action) {
        try {
            WorkspaceClaim claim = WorkspaceClaim.take(WorkspaceClaim.Work.TRASH, action, workspace.root());
            TrashChange change = new TrashChange(this, claim);
            try {
                change.sweep();
            } catch (RuntimeException failed) {
                claim.release();
                throw failed;
            }
            return change;
        } catch (IOException failed) {
            throw cannot(action, failed);
        }
    }

    private WorkspaceException cannot(String action, IOException failed) {
        return WorkspaceException.of("Cannot " + action + ": " + Failures.reason(failed))
                .advice("make room or change the permissions in " + workspace.root())
                .cause(failed)
                .build();
    }
}
