package org.experimaestro.monitor.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.experimaestro.base.file.Folders;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.workspace.Trash;
import org.experimaestro.workspace.TrashEntry;
import org.experimaestro.workspace.Workspace;
import org.experimaestro.workspace.WorkspaceLayout;

/**
 * The room that the parts of a workspace take: the sizes of files, in bytes. Each file counts in one part of
 * {@link #total}. Immutable.
 *
 * @param experiments for each experiment its runs, its results, and the jobs that only its runs have submitted
 * @param shared the jobs that runs of several experiments have submitted
 * @param others the jobs that no run has submitted
 * @param types the jobs of each type, which are those above
 * @param code the code of jobs
 * @param batches the logs of batch systems
 * @param trash what was cleaned
 */
public record DiskUse(
        SortedMap<String, Part> experiments,
        Part shared,
        Part others,
        SortedMap<String, Part> types,
        Part code,
        Part batches,
        Part trash) {

    /** Copies the maps. */
    public DiskUse {
        experiments = Collections.unmodifiableSortedMap(new TreeMap<>(experiments));
        types = Collections.unmodifiableSortedMap(new TreeMap<>(types));
    }

    /**
     * A part of a workspace.
     *
     * @param jobs the number of jobs
     * @param bytes the size of all files
     */
    public record Part(int jobs, long bytes) {
        private static final Part NONE = new Part(0, 0);

        private Part plus(Part other) {
            return new Part(jobs + other.jobs, bytes + other.bytes);
        }
    }

    /**
     * Measures a workspace.
     *
     * @param workspace the workspace
     * @param view its jobs and runs
     * @return the sizes; files that cannot be seen count nothing
     */
    public static DiskUse of(Workspace workspace, JobsView view) {
        SortedMap<String, Part> experiments = new TreeMap<>();
        SortedMap<String, Part> types = new TreeMap<>();
        Part shared = Part.NONE;
        Part others = Part.NONE;
        for (String experiment : view.experiments()) {
            Path folder = WorkspaceLayout.experiments(workspace.root()).resolve(experiment);
            experiments.put(experiment, new Part(0, size(folder)));
        }
        for (JobView job : view.jobs()) {
            // The files of a result under a former name, or in another workspace, count there.
            boolean isLink =
                    job.folder().findFormer().isPresent() || job.elsewhere().isPresent();
            Part part = new Part(1, isLink ? 0 : size(job.folder().path()));
            types.merge(job.folder().typeId(), part, Part::plus);
            List<String> names = job.experiments();
            if (names.size() == 1) {
                experiments.merge(names.get(0), part, Part::plus);
            } else if (names.isEmpty()) {
                others = others.plus(part);
            } else {
                shared = shared.plus(part);
            }
        }
        int inTrash = 0;
        for (TrashEntry entry : new Trash(workspace).entries()) {
            inTrash += (int) entry.items().stream()
                    .filter(item -> item.kind() == TrashEntry.Kind.JOB)
                    .count();
        }
        return new DiskUse(
                experiments,
                shared,
                others,
                types,
                new Part(
                        0,
                        size(WorkspaceLayout.classPath(workspace.root()))
                                + size(WorkspaceLayout.provenance(workspace.root()))),
                new Part(0, size(WorkspaceLayout.batches(workspace.root()))),
                new Part(inTrash, size(WorkspaceLayout.trash(workspace.root()))));
    }

    /** Returns the size of a folder. A link in its place may be the user's own, and leads to where the files are. */
    private static long size(Path folder) {
        try {
            return Folders.size(Files.isSymbolicLink(folder) ? folder.toRealPath() : folder);
        } catch (IOException leadsNowhere) {
            return 0;
        }
    }

    /**
     * Returns the sum of all parts, each job once.
     *
     * @return the number of jobs, and the size of all files; without the few files at the top of the workspace
     */
    public Part total() {
        Part total = shared.plus(others).plus(code).plus(batches).plus(trash);
        for (Map.Entry<String, Part> experiment : experiments.entrySet()) {
            total = total.plus(experiment.getValue());
        }
        return total;
    }
}
