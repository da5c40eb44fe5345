package org.experimaestro.monitor.type;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.experimaestro.WorkspaceException;
import org.experimaestro.workspace.Failures;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.StoredClassPath;
import org.experimaestro.workspace.Workspace;

/** A reader of the class paths of a workspace's jobs. */
public final class JobClassPaths {
    private JobClassPaths() {}

    /** A job with the time when its class path was written. */
    private record Dated(JobFolder job, FileTime time) {}

    /**
     * Lists all code of a workspace. The code of each type's latest job comes first, the newest of these jobs first;
     * the rest follows.
     *
     * @param workspace the workspace
     * @param problems receives a sentence for each job whose code cannot be read
     * @return absolute paths, each once
     * @throws WorkspaceException if the copies of code cannot be listed
     */
    public static List<Path> of(Workspace workspace, List<String> problems) {
        Set<Path> jars = new LinkedHashSet<>();
        for (Dated last : lastOfEachType(workspace, problems)) {
            try {
                jars.addAll(StoredClassPath.of(last.job()));
            } catch (WorkspaceException unreadable) {
                problems.add(String.valueOf(unreadable.getMessage()));
            }
        }
        try {
            for (Path copy : workspace.classPaths().copies()) {
                if (StoredClassPath.isInside(copy, workspace.root())) {
                    jars.add(copy);
                } else {
                    problems.add("Cannot read types: the link " + copy + " leads out of the workspace");
                }
            }
        } catch (IOException failed) {
            throw WorkspaceException.of(
                            "Cannot list the code of the workspace " + workspace + ": " + Failures.reason(failed))
                    .cause(failed)
                    .build();
        }
        return List.copyOf(jars);
    }

    private static List<Dated> lastOfEachType(Workspace workspace, List<String> problems) {
        Map<String, Dated> last = new HashMap<>();
        Workspace.Jobs jobs = workspace.listJobs();
        jobs.problems().forEach(problem -> problems.add(String.valueOf(problem.getMessage())));
        for (JobFolder job : jobs.found()) {
            date(job)
                    .ifPresent(dated -> last.merge(
                            job.typeId(),
                            dated,
                            (one, other) -> one.time().compareTo(other.time()) >= 0 ? one : other));
        }
        return last.values().stream()
                .sorted(Comparator.comparing(Dated::time).reversed())
                .toList();
    }

    private static Optional<Dated> date(JobFolder job) {
        try {
            return Optional.of(new Dated(job, Files.getLastModifiedTime(job.classPathFile())));
        } catch (IOException neverPrepared) {
            return Optional.empty(); // it has no class path
        }
    }
}
