package org.experimaestro.monitor.explain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.WorkspaceException;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.Workspace;
import org.jspecify.annotations.Nullable;

/**
 * A search for the done jobs that are nearest to the jobs of a plan. {@link NearestJob} reads all jobs of a type for
 * each search. This class reads the done jobs of a type once, and looks into an index, so that its cost grows with the
 * number of jobs, not with its square. Confined to one thread.
 *
 * <p>A done job that differs in at most one value is always found; each element of a list is a value. If all jobs differ in more, the search returns
 * one that shares many values, which need not be the nearest.
 */
public final class DoneJobs {
    private final Workspace workspace;
    private final Map<String, NearestIndex> indexes = new HashMap<>();
    /** The nearest done jobs of the jobs that were searched for, by the jobs' names. */
    private final Map<String, String> found = new HashMap<>();

    private final List<String> problems = new ArrayList<>();
    private @Nullable Map<String, List<JobFolder>> stored;

    /**
     * Creates a search.
     *
     * @param workspace the workspace of the done jobs, which need not exist
     */
    public DoneJobs(Workspace workspace) {
        this.workspace = workspace;
    }

    /**
     * Returns whether a job of a type is stored. If none is, a search for one needs no explanation.
     *
     * @param typeId the type id
     * @return false if no job of the type is done
     */
    public boolean hasJobs(String typeId) {
        return stored().containsKey(typeId);
    }

    /**
     * Finds the nearest done job of the same type. Callers search for the producers of a job before the job: the output
     * of a producer counts as that of the done job that was found for it.
     *
     * @param job the job, which need not be stored
     * @return the done job; of the outputs of other tasks, only the producers' names are compared; empty if no job of
     *     the type is done
     */
    public Optional<NearestJob.Other> find(Explanation job) {
        String name = job.root().typeId() + "/" + job.root().id();
        Optional<JobFolder> nearest = indexes.computeIfAbsent(job.root().typeId(), type -> index(type, job))
                .find(new CountedValues(job, found));
        nearest.ifPresent(folder -> found.put(name, folder.name()));
        try {
            return nearest.map(folder -> compare(job, folder));
        } catch (WorkspaceException unreadable) {
            problems.add(unreadable.getMessage());
            return Optional.empty();
        }
    }

    /** Compares the values with the types of the plan's code. To read each done job's own types would take too long. */
    private static NearestJob.Other compare(Explanation job, JobFolder done) {
        Explanation there = Explanation.of(done, job.types());
        return new NearestJob.Other(done, new Comparison(producer -> Optional.empty()).differences(job, there));
    }

    private NearestIndex index(String typeId, Explanation job) {
        NearestIndex index = new NearestIndex();
        for (JobFolder folder : stored().getOrDefault(typeId, List.of())) {
            if (folder.status().findDone().isPresent()) {
                try {
                    index.add(folder, new CountedValues(Explanation.of(folder, job.types()), Map.of()));
                } catch (WorkspaceException unreadable) {
                    problems.add(unreadable.getMessage());
                }
            }
        }
        return index;
    }

    private Map<String, List<JobFolder>> stored() {
        if (stored == null) {
            stored = new HashMap<>();
            Workspace.Jobs listed = workspace.listJobs();
            listed.problems().forEach(unreadable -> problems.add(unreadable.getMessage()));
            for (JobFolder folder : listed.found()) {
                stored.computeIfAbsent(folder.typeId(), type -> new ArrayList<>())
                        .add(folder);
            }
        }
        return stored;
    }

    /**
     * Returns the problems with files that could not be read and were left out.
     *
     * @return a sentence for each problem
     */
    public List<String> problems() {
        return List.copyOf(problems);
    }
}
