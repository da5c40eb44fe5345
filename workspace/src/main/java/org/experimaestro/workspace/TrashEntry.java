package org.experimaestro.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.experimaestro.ConfigId;
import org.experimaestro.base.file.Folders;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.core.json.JsonFile;
import org.experimaestro.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the trash: what one cleaning has moved there. Immutable.
 *
 * @param name the name of its folder, which begins with the time of the cleaning in UTC
 * @param path its folder
 * @param time the time of the cleaning; that of the name, which has seconds, if the description cannot be read; {@code
 *     null} if the name has none either
 * @param user the name of the user who has cleaned, for people; empty if it is not known
 * @param command what was cleaned, in words; empty if it is not known
 * @param workspace the workspace at the time of the cleaning; empty if it is not known
 * @param items the jobs and runs that are in the entry, sorted by path
 */
public record TrashEntry(
        String name,
        Path path,
        @Nullable Instant time,
        String user,
        String command,
        String workspace,
        List<Item> items) {
    static final String TIME = "time";
    static final String USER = "user";
    static final String COMMAND = "command";
    static final String WORKSPACE = "workspace";
    /** The length of the time in a name, as in {@code 20260131-120000}. */
    private static final int STAMP_LENGTH = 15;

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss").withZone(ZoneOffset.UTC);

    /** Copies the items. */
    public TrashEntry {
        items = List.copyOf(items);
    }

    /** The kind of an item. */
    public enum Kind {
        /** The folder of a job. */
        JOB,
        /** The folder of a run. */
        RUN
    }

    /**
     * A job or a run in the trash.
     *
     * @param kind the kind
     * @param name the name: {@code type/identifier}, or {@code experiment/run}
     * @param path its path in the trash
     * @param origin its path in the workspace
     */
    public record Item(Kind kind, String name, Path path, Path origin) {
        /**
         * Returns the state that a job had before its cleaning.
         *
         * @return the state, whose files are in the trash; {@link JobStatus.New} for a run
         */
        public JobStatus status() {
            return kind == Kind.JOB ? new JobReconciler(JobFolder.at(path), true).read() : new JobStatus.New();
        }

        /**
         * Returns the size of its files.
         *
         * @return bytes, without what links lead to
         */
        public long size() {
            return Folders.size(path);
        }
    }

    /**
     * Returns the size of all files of its items.
     *
     * @return bytes, without what links lead to
     */
    public long size() {
        long bytes = 0;
        for (Item item : items) {
            bytes += item.size();
        }
        return bytes;
    }

    /** Reads an entry. Its items are found by their folders, since anybody could have written the description. */
    static TrashEntry read(Workspace workspace, Path path) {
        List<Item> items = new ArrayList<>();
        for (Path type : folders(path.resolve(WorkspaceLayout.JOBS))) {
            for (String id : Workspace.listNames(type)) {
                if (ConfigId.isValid(id) && isFolderOrLink(type.resolve(id))) {
                    String name = type.getFileName() + "/" + id;
                    Path origin = WorkspaceLayout.jobs(workspace.root()).resolve(name);
                    items.add(new Item(Kind.JOB, name, type.resolve(id), origin));
                }
            }
        }
        for (Path experiment : folders(path.resolve(WorkspaceLayout.EXPERIMENTS))) {
            for (Path runs : folders(experiment)) {
                for (Path run : folders(runs)) {
                    if (runs.getFileName().toString().equals(WorkspaceLayout.RUNS)) {
                        String of = experiment.getFileName().toString();
                        RunFolder origin =
                                workspace.experiment(of).run(run.getFileName().toString());
                        items.add(new Item(Kind.RUN, origin.qualifiedName(), run, origin.path()));
                    }
                }
            }
        }
        String name = path.getFileName().toString();
        try {
            JsonObject json = StoredFiles.CURRENT.read(path.resolve(WorkspaceLayout.TRASH_ENTRY), JsonFile.LARGE_BYTES);
            return new TrashEntry(
                    name,
                    path,
                    json.time(TIME),
                    json.string(USER),
                    json.string(COMMAND),
                    json.optionalString(WORKSPACE).orElse(""),
                    items);
        } catch (IOException | JsonException unreadable) {
            return new TrashEntry(name, path, time(name), "", "", "", items);
        }
    }

    /** Returns whether an entry has a job. */
    static boolean has(Path entry, String job) {
        Path jobs = entry.resolve(WorkspaceLayout.JOBS);
        Path folder = jobs.resolve(job);
        return ConfigId.isValid(job.substring(job.indexOf('/') + 1))
                && Files.isDirectory(jobs, LinkOption.NOFOLLOW_LINKS)
                && Files.isDirectory(folder.resolveSibling(""), LinkOption.NOFOLLOW_LINKS)
                && isFolderOrLink(folder);
    }

    /** Returns whether a path may be that of a job: its folder, or a link to a folder on another disk. */
    private static boolean isFolderOrLink(Path path) {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) || Files.isSymbolicLink(path);
    }

    private static @Nullable Instant time(String name) {
        try {
            return STAMP.parse(name.substring(0, STAMP_LENGTH), Instant::from);
        } catch (DateTimeException noTime) {
            return null;
        }
    }

    /** Returns whether the entry belongs to a workspace of another place, and not to this one before it was moved. */
    boolean isOfAnother(Workspace here) {
        try {
            Path there = Path.of(workspace);
            return !workspace.isEmpty() && WorkspaceLayout.isWorkspace(there) && !Files.isSameFile(there, here.root());
        } catch (IOException | InvalidPathException unseen) {
            return true;
        }
    }

    /** Returns the folders in a folder, without links. */
    private static List<Path> folders(Path parent) {
        List<Path> folders = new ArrayList<>();
        if (Files.isDirectory(parent, LinkOption.NOFOLLOW_LINKS)) {
            for (String name : Workspace.listNames(parent)) {
                if (Files.isDirectory(parent.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
                    folders.add(parent.resolve(name));
                }
            }
        }
        return folders;
    }
}
