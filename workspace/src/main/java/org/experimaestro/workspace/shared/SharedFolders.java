package org.experimaestro.workspace.shared;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.experimaestro.ConfigId;
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
     * Returns the shared and the computed folders that exist.
     *
     * @return their paths in the workspace, with slashes; sorted in each kind
     * @throws WorkspaceException if a folder cannot be listed
     */
    public List<String> list() {
        List<String> paths = new ArrayList<>();
        add(WorkspaceLayout.shared(workspace.root()), DEPTH, paths);
        add(WorkspaceLayout.computed(workspace.root()), DEPTH, paths);
        return paths;
    }

    private void add(Path folder, int depth, List<String> paths) {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (depth == 0) {
            Path relative = workspace.root().relativize(folder);
            if (ConfigId.isValid(relative.getName(identifierAt(relative)).toString())) {
                paths.add(relative.toString().replace('\\', '/'));
            }
            return;
        }
        Workspace.listNames(folder).stream().sorted().forEach(name -> add(folder.resolve(name), depth - 1, paths));
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
     * Deletes the shared and the computed folders that no job needs, neither one of the workspace nor one in its trash. A
     * folder that a job uses, or waits for, stays.
     *
     * @return the paths of the folders that were deleted
     * @throws WorkspaceException if the parameters of a job cannot be read, so that it may need any folder; or a folder
     *     cannot be deleted
     */
    public List<String> deleteUnused() {
        List<String> unused = new ArrayList<>(list());
        if (unused.isEmpty()) {
            return unused;
        }
        Set<String> needed = needed();
        unused.removeIf(path -> isNeeded(path, needed));
        List<String> deleted = new ArrayList<>();
        for (String path : unused) {
            try (TokenDesk desk = new TokenDesk(
                    new TokenFolder(WorkspaceLayout.tokens(workspace.root()), workspace::makeTokens),
                    InstantSource.system())) {
                if (delete(path, desk)) {
                    deleted.add(path);
                }
            } catch (IOException failed) {
                throw WorkspaceException.of("Cannot delete the folder " + path + ": " + Failures.reason(failed))
                        .at(workspace.root().resolve(path).toString())
                        .advice("change the permissions, or delete it while no run goes on")
                        .cause(failed)
                        .build();
            }
        }
        return deleted;
    }

    /** Deletes a folder while its token is held, so that no job uses it. */
    private boolean delete(String path, TokenDesk desk) throws IOException {
        TokenShare share = desk.ask(configuration(path), "", new TreeMap<>(Map.of(path, 1L)), 0);
        try {
            // A job may have been stored since the jobs were read.
            if (!share.isHeld() || isNeeded(path, needed())) {
                return false;
            }
            Folders.delete(workspace.root().resolve(path));
            return true;
        } finally {
            desk.giveBack(share);
        }
    }

    private static boolean isNeeded(String path, Set<String> needed) {
        return needed.contains(path.startsWith(SharedFolder.FOLDER + "/") ? path : configuration(path));
    }

    /** Returns the paths of the shared folders of all jobs, and the types and identifiers of all their configurations. */
    private Set<String> needed() {
        List<JobFolder> jobs = new ArrayList<>(workspace.jobs());
        for (TrashEntry entry : new Trash(workspace).entries()) {
            for (TrashEntry.Item item : entry.items()) {
                if (item.kind() == TrashEntry.Kind.JOB) {
                    jobs.add(JobFolder.at(item.path()));
                }
            }
        }
        Set<String> needed = new HashSet<>();
        for (JobFolder job : jobs) {
            try {
                needed.addAll(of(job));
                addConfigurations(job, needed);
            } catch (IOException | JsonException | IllegalArgumentException unreadable) {
                throw WorkspaceException.of("Cannot find out which shared folders are needed: the parameters of "
                                + job.name() + " cannot be read, " + unreadable.getMessage())
                        .at(job.parametersFile().toString())
                        .advice("the shared folders stay; clean that job, or mend the file")
                        .build();
            }
        }
        return needed;
    }

    private static void addConfigurations(JobFolder job, Set<String> needed) throws IOException {
        if (!Files.exists(job.parametersFile())) {
            return;
        }
        JsonObject all =
                JsonFile.read(job.parametersFile(), JsonFile.LARGE_BYTES).object(Format.CONFIGURATIONS);
        for (String label : all.keys()) {
            JsonObject configuration = all.object(label);
            needed.add(configuration.string(Format.TYPE) + "/" + configuration.string(Format.ID));
        }
    }
}
