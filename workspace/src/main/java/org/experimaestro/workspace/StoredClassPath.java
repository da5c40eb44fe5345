package org.experimaestro.workspace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.experimaestro.WorkspaceException;
import org.experimaestro.base.file.BoundedFile;
import org.experimaestro.core.json.JsonFile;

/** A reader of the class paths that a workspace has stored. Their jars are copies, which are in the workspace. */
public final class StoredClassPath {
    private StoredClassPath() {}

    /**
     * Reads the class path of a job.
     *
     * @param job the job
     * @return absolute paths; empty if the job was never prepared to run
     * @throws WorkspaceException if the file that names them cannot be read, or a line of it leads out of the workspace
     */
    public static List<Path> of(JobFolder job) {
        return parse(job, text(job));
    }

    static String text(JobFolder job) {
        try {
            return new String(BoundedFile.read(job.classPathFile(), JsonFile.SMALL_BYTES), StandardCharsets.UTF_8);
        } catch (NoSuchFileException none) {
            return "";
        } catch (IOException failed) {
            throw unreadable(job, failed);
        }
    }

    static List<Path> parse(JobFolder job, String text) {
        List<Path> jars = new ArrayList<>();
        try {
            for (String line : text.split("\n", -1)) {
                if (!line.isBlank()) {
                    jars.add(jar(job, line));
                }
            }
        } catch (IOException failed) {
            throw unreadable(job, failed);
        }
        return jars;
    }

    private static WorkspaceException unreadable(JobFolder job, IOException failed) {
        return WorkspaceException.of("Cannot read the class path of " + job.name() + ": " + Failures.reason(failed))
                .at(job.classPathFile().toString())
                .cause(failed)
                .build();
    }

    private static Path jar(JobFolder job, String line) throws IOException {
        Path workspace = job.workspace();
        try {
            Path jar = job.path().resolve(line).normalize();
            if (jar.startsWith(workspace) && isInside(jar, workspace)) {
                return jar;
            }
        } catch (InvalidPathException noPath) {
            // It leads nowhere.
        }
        throw new FileSystemException(
                job.classPathFile().toString(),
                null,
                "the line \"" + line + "\" leads out of the workspace " + workspace);
    }

    /**
     * Returns whether a path stays in a workspace, by all links that are there.
     *
     * @param jar an absolute path
     * @param workspace the workspace
     * @return false for a link that leads to a file elsewhere
     * @throws IOException if a link cannot be followed
     */
    public static boolean isInside(Path jar, Path workspace) throws IOException {
        return !Files.exists(jar) || jar.toRealPath().startsWith(workspace.toRealPath());
    }
}
