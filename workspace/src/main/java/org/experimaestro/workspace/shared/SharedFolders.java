package org.experimaestro.workspace.shared;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.experimaestro.WorkspaceException;
import org.experimaestro.base.file.Folders;
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
import org.experimaestro.workspace.token.TokenDesk;
import org.experimaestro.workspace.token.TokenFolder;
import org.experimaestro.workspace.token.TokenShare;

/** The shared folders of a workspace, and the jobs that name them in their parameters. Confined to one thread. */
public final class SharedFolders {
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
        if (!Files.exists(job.parametersFile())) {
            return List.of();
        }
        JsonObject parameters = JsonFile.read(job.parametersFile(), JsonFile.LARGE_BYTES);
        List<String> paths = new ArrayList<>();
        if (parameters.has(Format.SHARED)) {
            parameters.list(Format.SHARED).forEach(path -> paths.add(String.valueOf(path)));
        }
        return paths;
    }

    /**
     * Returns the shared folders that exist.
     *
     * @return the folders, sorted by type, name and identifier
     * @throws WorkspaceException if a folder cannot be listed
     */
    public List<SharedFolder> list() {
        List<SharedFolder> folders = new ArrayList<>();
        Path all = WorkspaceLayout.shared(workspace.root());
        for (String type : sorted(all)) {
            for (String name : sorted(all.resolve(type))) {
                for (String id : sorted(all.resolve(type).resolve(name))) {
                    Path path = all.resolve(type).resolve(name).resolve(id);
                    SharedFolder folder = SharedFolder.find(path);
                    if (folder != null
                            && workspace.root().resolve(folder.path()).equals(path)) {
                        folders.add(folder);
                    }
                }
            }
        }
        return folders;
    }

    private static List<String> sorted(Path folder) {
        return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                ? Workspace.listNames(folder).stream().sorted().toList()
                : List.of();
    }

    /**
     * Deletes the shared folders that no job names, neither one of the workspace nor one in its trash. A folder that a job
     * uses, or waits for, stays.
     *
     * @return the folders that were deleted
     * @throws WorkspaceException if the parameters of a job cannot be read, so that it may name any folder; or a folder
     *     cannot be deleted
     */
    public List<SharedFolder> deleteUnused() {
        List<SharedFolder> unused = new ArrayList<>(list());
        if (unused.isEmpty()) {
            return unused;
        }
        Set<String> named = named();
        unused.removeIf(folder -> named.contains(folder.path()));
        List<SharedFolder> deleted = new ArrayList<>();
        for (SharedFolder folder : unused) {
            try (TokenDesk desk = new TokenDesk(
                    new TokenFolder(WorkspaceLayout.tokens(workspace.root()), workspace::makeTokens),
                    InstantSource.system())) {
                if (delete(folder, desk)) {
                    deleted.add(folder);
                }
            } catch (IOException failed) {
                throw WorkspaceException.of(
                                "Cannot delete the shared folder " + folder + ": " + Failures.reason(failed))
                        .at(workspace.root().resolve(folder.path()).toString())
                        .advice("change the permissions, or delete it while no run goes on")
                        .cause(failed)
                        .build();
            }
        }
        return deleted;
    }

    /** Deletes a folder while its token is held, so that no job uses it. */
    private boolean delete(SharedFolder folder, TokenDesk desk) throws IOException {
        String holder = folder.typeId() + "/" + folder.id(); // not a job, and has the form of its name
        TokenShare share = desk.ask(holder, "", new TreeMap<>(java.util.Map.of(folder.path(), 1L)), 0);
        try {
            // A job may have been stored since the jobs were read, and may have left what it needs again.
            if (!share.isHeld() || named().contains(folder.path())) {
                return false;
            }
            Folders.delete(workspace.root().resolve(folder.path()));
            return true;
        } finally {
            desk.giveBack(share);
        }
    }

    private Set<String> named() {
        List<JobFolder> jobs = new ArrayList<>(workspace.jobs());
        for (TrashEntry entry : new Trash(workspace).entries()) {
            for (TrashEntry.Item item : entry.items()) {
                if (item.kind() == TrashEntry.Kind.JOB) {
                    jobs.add(JobFolder.at(item.path()));
                }
            }
        }
        Set<String> named = new HashSet<>();
        for (JobFolder job : jobs) {
            try {
                named.addAll(of(job));
            } catch (IOException | JsonException | IllegalArgumentException unreadable) {
                throw WorkspaceException.of("Cannot tell which shared folders are used: the parameters of " + job.name()
                                + " cannot be read, " + unreadable.getMessage())
                        .at(job.parametersFile().toString())
                        .advice("the shared folders stay; clean that job, or mend the file")
                        .build();
            }
        }
        return named;
    }
}
