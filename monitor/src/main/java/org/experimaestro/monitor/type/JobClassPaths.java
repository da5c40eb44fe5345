package org.experimaestro.monitor.type;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.experimaestro.WorkspaceException;
import org.experimaestro.base.file.BoundedFile;
import org.experimaestro.core.json.JsonFile;
import org.experimaestro.workspace.Failures;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.Workspace;

/** A reader of the class paths of a workspace's jobs. */
public final class JobClassPaths {
    private JobClassPaths() {}

    /** A job with the time when its class path was written. */
    private record Dated(JobFolder job, FileTime time) {}

    /**
     * Reads the class path of a job.
     *
     * @param job the job
     * @return absolute paths; empty if the job was never prepared to run
     * @throws WorkspaceException if the class path cannot be read, or if it leads out of the workspace
     */
    public static List<Path> of(JobFolder job) {
        List<Path> jars = new ArrayList<>();
        try {
            byte[] text = BoundedFile.read(job.classPathFile(), JsonFile.SMALL_BYTES);
            for (String line : new String(text, StandardCharsets.UTF_8).split("\n", -1)) {
                if (!line.isBlank()) {
                    jars.add(jar(job, line));
                }
            }
        } catch (NoSuchFileException none) {
            return List.of();
        } catch (IOException failed) {
            throw WorkspaceException.of("Cannot read the class path of " + job.name() + ": " + Failures.reason(failed))
                    .at(job.classPathFile().toString())
                    .cause(failed)
                    .build();
        }
        return jars;
    }

    /** Returns the file that a line names. A job runs copies of code, so the file must be in the workspace. */
    private static Path jar(JobFolder job, String line) throws IOException {
        Path workspace = job.workspace();
        try {
            Path jar = job.path().resolve(line).normalize();
            if (jar.startsWith(workspace) && isInside(jar, workspace)) {
                return jar;
            }
        } catch (InvalidPathException noPath) {
            // An invalid path names no file in the workspace.
        }
        throw new FileSystemException(
                job.classPathFile().toString(),
                null,
                "the line \"" + line + "\" leads out of the workspace " + workspace);
    }

    /** Returns whether a file is in the workspace after all its links are followed; true for a missing file. */
    private static boolean isInside(Path jar, Path workspace) throws IOException {
        return !Files.exists(jar) || jar.toRealPath().startsWith(workspace.toRealPath());
    }

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
                jars.addAll(of(last.job()));
            } catch (WorkspaceException unreadable) {
                problems.add(String.valueOf(unreadable.getMessage()));
            }
        }
        try {
            for (Path copy : workspace.classPaths().copies()) {
                if (isInside(copy, workspace.root())) {
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
