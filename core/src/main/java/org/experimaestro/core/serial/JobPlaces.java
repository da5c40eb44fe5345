package org.experimaestro.core.serial;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.experimaestro.model.identity.JobPath;
import org.experimaestro.model.root.RootedPath;
import org.jspecify.annotations.Nullable;

/**
 * The places of the jobs that a saved file names. Since the file was saved, it or a workspace may have been moved. An
 * identifier does not depend on the workspace, so a job is taken from the first workspace that has its folder:
 *
 * <ol>
 *   <li>the workspace that the file names for this job alone,
 *   <li>the workspace at the same place beside the file,
 *   <li>the workspace at its former absolute path,
 *   <li>the workspace of the run that loads the file,
 *   <li>the folder with the data of the file, if all that is used of the job is there.
 * </ol>
 *
 * <p>Confined to one thread.
 */
final class JobPlaces {
    private final List<Path> workspaces = new ArrayList<>();
    private final Map<Path, Path> found = new HashMap<>();
    private final @Nullable SavedData data;

    /**
     * Creates the places of the jobs of a file.
     *
     * @param beside the workspace that the file names by the way from itself, or {@code null}
     * @param former the absolute path that the workspace had when the file was saved, or {@code null}
     * @param data the data of the file, or {@code null}
     */
    JobPlaces(@Nullable Path beside, @Nullable Path former, @Nullable SavedData data) {
        this.data = data;
        if (beside != null) {
            workspaces.add(beside);
        }
        if (former != null) {
            workspaces.add(former);
        }
        workspaces.addAll(RunWorkspaces.current());
    }

    /**
     * Returns the present place of a path.
     *
     * @param path an absolute path, as the file names it
     * @return the same path unless it is in a job's folder that is not there
     */
    Path of(Path path) {
        JobPath job = path instanceof RootedPath ? null : JobPath.of(path);
        if (job == null) {
            return path;
        }
        Path stated = Path.of(job.root());
        Path inWorkspace = stated.relativize(path.normalize());
        Path folder = inWorkspace.subpath(0, 3); // jobs/TYPE/IDENTIFIER
        Path known = found.get(stated.resolve(folder));
        if (known == null) {
            known = search(stated, folder);
            found.put(stated.resolve(folder), known);
        }
        return known.resolve(inWorkspace);
    }

    private Path search(Path stated, Path folder) {
        List<Path> candidates = new ArrayList<>(List.of(stated));
        candidates.addAll(workspaces);
        boolean isSaved = data != null && data.isComplete(folder.getName(1) + "/" + folder.getName(2));
        if (data != null && isSaved && firstWith(candidates, folder) == null) {
            return data.folder();
        }
        // A job that is nowhere may be one that the run is about to run, in a workspace that is there.
        return Objects.requireNonNullElseGet(
                firstWith(candidates, folder),
                () -> Objects.requireNonNullElse(firstWith(candidates, Path.of(JobPath.FOLDER)), stated));
    }

    private static @Nullable Path firstWith(List<Path> candidates, Path folder) {
        for (Path candidate : candidates) {
            if (Files.isDirectory(candidate.resolve(folder))) {
                return candidate;
            }
        }
        return null;
    }
}
