package org.experimaestro.workspace;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** The folder of an experiment: its runs, and what its plan writes. Thread-safe. */
public final class ExperimentFolder {
    private final Path path;
    private final String name;

    ExperimentFolder(Path path, String name) {
        this.path = path;
        this.name = name;
    }

    /**
     * The experiment's name.
     *
     * @return the folder's name
     */
    public String name() {
        return name;
    }

    /**
     * Where the plan writes what it likes.
     *
     * @return an absolute path
     */
    public Path results() {
        return path.resolve(WorkspaceLayout.RESULTS);
    }

    /**
     * The folder of the runs.
     *
     * @return an absolute path, whether it is there or not
     */
    public Path runsFolder() {
        return path.resolve(WorkspaceLayout.RUNS);
    }

    /**
     * A run.
     *
     * @param run its name
     * @return its folder, whether it exists or not
     */
    public RunFolder run(String run) {
        return new RunFolder(runsFolder().resolve(run), name, run);
    }

    /**
     * Begins a run.
     *
     * @param now when it begins, which gives it its name, in UTC
     * @return the new run, with its folder
     * @throws IOException if the folder cannot be made
     */
    public RunFolder newRun(Instant now) throws IOException {
        Path root = path.resolve("../..").normalize();
        OwnFolders.make(root, results());
        OwnFolders.make(root, path.resolve(WorkspaceLayout.RUNS));
        RunNames names = new RunNames(now.toEpochMilli());
        String run = names.next();
        while (!isNew(path.resolve(WorkspaceLayout.RUNS).resolve(run))) {
            run = names.next(); // another run may have begun within the same second
        }
        return new RunFolder(path.resolve(WorkspaceLayout.RUNS).resolve(run), name, run);
    }

    private static boolean isNew(Path folder) throws IOException {
        try {
            Files.createDirectory(folder);
            return true;
        } catch (FileAlreadyExistsException taken) {
            return false;
        }
    }

    /**
     * The runs.
     *
     * @return the oldest first
     */
    public List<RunFolder> runs() {
        return Workspace.sortedFolders(path.resolve(WorkspaceLayout.RUNS)).stream()
                .map(folder -> new RunFolder(folder, name, folder.getFileName().toString()))
                .toList();
    }
}
