package org.experimaestro.workspace.shared;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.experimaestro.ConfigId;
import org.experimaestro.WorkspaceException;
import org.experimaestro.base.file.Folders;
import org.experimaestro.core.file.AtomicFile;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.core.json.JsonFile;
import org.experimaestro.core.json.JsonObject;
import org.experimaestro.core.serial.Format;
import org.experimaestro.model.SharedFolder;
import org.experimaestro.workspace.Failures;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.Trash;
import org.experimaestro.workspace.TrashEntry;
import org.experimaestro.workspace.Workspace;
import org.experimaestro.workspace.WorkspaceLayout;
import org.experimaestro.workspace.token.TokenShare;
import org.jspecify.annotations.Nullable;

/** The shared and computed folders of a workspace, and the jobs that need them. Confined to one thread. */
public final class SharedFolders {
    /** The number of the folders between that of the kind and a folder that jobs use. */
    private static final int DEPTH = 3;

    private final Workspace workspace;

    /**
     * Creates the list of a workspace.
     *
     * @param workspace the workspace
     */
    public SharedFolders(Workspace workspace) {
        this.workspace = workspace;
    }

    /**
     * Returns the shared folders that a job has in its parameters.
     *
     * @param job the job
     * @return the paths in the workspace, as {@link SharedFolder#path} returns them; empty if the parameters are not
     *     written yet
     * @throws IOException if the file of the parameters cannot be read
     * @throws JsonException if it is damaged
     */
    public static List<String> of(JobFolder job) throws IOException {
        JsonObject parameters = parameters(job);
        return parameters == null ? List.of() : shared(parameters);
    }

    /** Returns {@code null} if they are not written yet. */
    private static @Nullable JsonObject parameters(JobFolder job) throws IOException {
        try {
            return JsonFile.read(job.parametersFile(), JsonFile.LARGE_BYTES);
        } catch (NoSuchFileException notWritten) {
            return null;
        }
    }

    private static List<String> shared(JsonObject parameters) {
        List<String> paths = new ArrayList<>();
        if (parameters.has(Format.SHARED)) {
            parameters.list(Format.SHARED).forEach(path -> paths.add(String.valueOf(path)));
        }
        return paths;
    }

    /**
     * Returns the shared and the computed folders that exist.
     *
     * @return their paths in the workspace, with slashes; sorted in each kind
     * @throws WorkspaceException if a folder cannot be listed
     */
    public List<String> list() {
        return found().stream()
                .map(folder -> workspace.root().relativize(folder))
                .filter(path -> !isAside(path)
                        && ConfigId.isValid(path.getName(identifierAt(path)).toString()))
                .map(path -> path.toString().replace('\\', '/'))
                .toList();
    }

    /** Returns what is in the places of shared and computed folders. */
    private List<Path> found() {
        List<Path> found = new ArrayList<>();
        add(WorkspaceLayout.shared(workspace.root()), DEPTH, found);
        add(WorkspaceLayout.computed(workspace.root()), DEPTH, found);
        return found;
    }

    private static void add(Path folder, int depth, List<Path> found) {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (depth == 0) {
            found.add(folder);
        } else {
            Workspace.listNames(folder).forEach(name -> add(folder.resolve(name), depth - 1, found));
        }
    }

    /** Returns whether a folder was renamed to be deleted. */
    private static boolean isAside(Path folder) {
        return AtomicFile.isTemporary(folder.getFileName().toString());
    }

    /** Returns the place of the identifier in the path of a folder. */
    private static int identifierAt(Path path) {
        return path.startsWith(SharedFolder.FOLDER) ? DEPTH : DEPTH - 1;
    }

    /** Returns the type and the identifier in the path of a folder, in the form of a job's name. */
    private static String configuration(String path) {
        Path relative = Path.of(path);
        return relative.getName(1) + "/" + relative.getName(identifierAt(relative));
    }

    /**
     * Returns the shared and the computed folders that no job needs, neither one of the workspace nor one in its trash.
     *
     * @param without entries of the trash that are to be deleted, and need nothing
     * @return their paths in the workspace
     * @throws WorkspaceException if a folder of jobs, or the parameters of a job, cannot be read, so that any folder may
     *     be needed
     */
    public List<String> unused(Collection<TrashEntry> without) {
        List<String> all = list();
        if (all.isEmpty()) {
            return all;
        }
        Set<String> needed = needed(without);
        return all.stream().filter(path -> !isNeeded(path, needed)).toList();
    }

    /**
     * The result of a deletion.
     *
     * @param deleted the paths of the folders that are deleted
     * @param failures the reasons why others are not, or not yet
     */
    public record Deletion(List<String> deleted, List<WorkspaceException> failures) {}

    /*
     * What happens if the process of a deletion is killed, or a file cannot be deleted:
     *  - before the rename: nothing has changed, and the tokens are free, as those of any process that is gone.
     *  - after it: the folder is not in its place. A job that comes makes a new one; the next sweep deletes the old one.
     */

    /**
     * Deletes those of some folders that still no job needs, or uses, or waits for. To be called during a {@link
     * org.experimaestro.workspace.TrashChange}, so that no job moves to or from the trash meanwhile.
     *
     * @param folders a result of {@link #unused}
     * @return what is deleted; a failure does not prevent the deletion of the others
     * @throws WorkspaceException as for {@link #unused}, and if the state of the tokens is damaged
     */
    public Deletion delete(Collection<String> folders) {
        Deletion result = new Deletion(new ArrayList<>(), new ArrayList<>());
        if (folders.isEmpty()) {
            return result;
        }
        Map<String, Path> aside = new LinkedHashMap<>();
        // A missed sign of life does no harm, because the tokens are looked at again before each rename.
        try (ShownDesk desk = new ShownDesk(workspace, missed -> {})) {
            moveAside(folders, desk, aside, result.failures());
        } catch (IOException failed) {
            result.failures().add(failure("shared and computed", WorkspaceLayout.tokens(workspace.root()), failed));
        }
        aside.forEach((path, renamed) -> {
            try {
                Folders.delete(renamed);
                result.deleted().add(path);
            } catch (IOException failed) {
                result.failures().add(failure(path, renamed, failed));
            }
        });
        return result;
    }

    /** Renames unused folders while their tokens are held, so that no job uses them. They need no tokens afterwards. */
    private void moveAside(
            Collection<String> folders, ShownDesk desk, Map<String, Path> aside, List<WorkspaceException> failures)
            throws IOException {
        Map<String, TokenShare> held = new LinkedHashMap<>();
        for (String path : folders) {
            TokenShare share = desk.ask(configuration(path), path);
            if (share.isHeld()) {
                held.put(path, share);
            } else {
                desk.giveBack(share); // a job uses it
            }
        }
        // Jobs may have been stored since the folders were found to be unused.
        Set<String> needed = needed(List.of());
        for (Map.Entry<String, TokenShare> each : held.entrySet()) {
            if (isNeeded(each.getKey(), needed) || !desk.holds(each.getValue())) {
                continue;
            }
            Path folder = workspace.root().resolve(each.getKey());
            Path renamed = folder.resolveSibling(AtomicFile.TEMPORARY + UUID.randomUUID());
            try {
                Folders.rename(folder, renamed);
                aside.put(each.getKey(), renamed);
            } catch (NoSuchFileException gone) {
                // Somebody has deleted it by hand.
            } catch (IOException failed) {
                failures.add(failure(each.getKey(), folder, failed));
            }
        }
    }

    private static WorkspaceException failure(String path, Path place, IOException failed) {
        return WorkspaceException.of("Cannot delete the folder " + path + ": " + Failures.reason(failed))
                .at(place.toString())
                .advice("change the permissions, and empty the trash again")
                .cause(failed)
                .build();
    }

    /**
     * Deletes the rest of folders whose deletion was interrupted. What cannot be deleted, such as a file of another user,
     * stays for a later sweep.
     *
     * @throws WorkspaceException if a folder cannot be listed
     */
    public void sweep() {
        for (Path folder : found()) {
            if (isAside(folder)) {
                try {
                    Folders.delete(folder);
                } catch (IOException left) {
                    // It is of no use, and does no harm.
                }
            }
        }
    }

    private static boolean isNeeded(String path, Set<String> needed) {
        return needed.contains(path.startsWith(SharedFolder.FOLDER + "/") ? path : configuration(path));
    }

    /** Returns the paths of the shared folders of all jobs, and the types and identifiers of all their configurations. */
    private Set<String> needed(Collection<TrashEntry> without) {
        List<JobFolder> jobs = new ArrayList<>();
        try {
            jobs.addAll(workspace.jobs());
            Trash trash = new Trash(workspace);
            trash.requireSeen();
            Set<String> excluded = new HashSet<>();
            without.forEach(entry -> excluded.add(entry.name()));
            for (TrashEntry entry : trash.entries()) {
                for (TrashEntry.Item item :
                        excluded.contains(entry.name()) ? List.<TrashEntry.Item>of() : entry.items()) {
                    if (item.kind() == TrashEntry.Kind.JOB) {
                        jobs.add(JobFolder.at(item.path()));
                    }
                }
            }
        } catch (WorkspaceException unseen) {
            throw WorkspaceException.of(
                            "Cannot find out which shared and computed folders are needed: " + unseen.getMessage())
                    .advice("these folders stay; change the permissions")
                    .cause(unseen)
                    .build();
        }
        Set<String> needed = new HashSet<>();
        for (JobFolder job : jobs) {
            try {
                JsonObject parameters = parameters(job);
                if (parameters != null) {
                    needed.addAll(shared(parameters));
                    addConfigurations(parameters, needed);
                }
            } catch (IOException | JsonException | IllegalArgumentException unreadable) {
                String reason = unreadable instanceof IOException failed
                        ? Failures.reason(failed)
                        : String.valueOf(unreadable.getMessage());
                throw WorkspaceException.of(
                                "Cannot find out which shared and computed folders are needed: the parameters of "
                                        + job.name() + " cannot be read, " + reason)
                        .at(job.parametersFile().toString())
                        .advice("these folders stay; clean that job, or mend the file")
                        .cause(unreadable)
                        .build();
            }
        }
        return needed;
    }

    private static void addConfigurations(JsonObject parameters, Set<String> needed) {
        JsonObject all = parameters.object(Format.CONFIGURATIONS);
        for (String label : all.keys()) {
            JsonObject configuration = all.object(label);
            needed.add(configuration.string(Format.TYPE) + "/" + configuration.string(Format.ID));
        }
    }
}
