package org.experimaestro.workspace;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The folder of an experiment, with its runs and the results of its plan. Thread-safe. */
public final class ExperimentFolder {
    private final Path path;
    private final String name;

    ExperimentFolder(Path path, String name) {
        this.path = path;
        this.name = name;
    }

    /**
     * Returns the experiment's name.
     *
     * @return the folder's name
     */
    public String name() {
        return name;
    }

    /**
     * Returns the folder for the plan's own files.
     *
     * @return an absolute path
     */
    public Path results() {
        return path.resolve(WorkspaceLayout.RESULTS);
    }

    /**
     * Returns the file of the configurations that the plan has saved under a name.
     *
     * @param saved the name
     * @return an absolute path, which need not exist
     */
    public Path saved(String saved) {
        return savedFolder().resolve(saved + WorkspaceLayout.SAVED_SUFFIX);
    }

    /**
     * Lists the names under which the plan has saved configurations.
     *
     * @return the names, sorted; empty if it has saved none
     * @throws IOException if the folder cannot be listed
     */
    public List<String> savedNames() throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(savedFolder(), "*" + WorkspaceLayout.SAVED_SUFFIX)) {
            for (Path file : files) {
                String each = file.getFileName().toString();
                names.add(each.substring(0, each.length() - WorkspaceLayout.SAVED_SUFFIX.length()));
            }
        } catch (NoSuchFileException none) {
            return List.of();
        }
        Collections.sort(names);
        return names;
    }

    /**
     * Makes the folder of saved configurations.
     *
     * @throws IOException if it cannot be made
     */
    public void makeSaved() throws IOException {
        OwnFolders.make(path.resolve("../..").normalize(), savedFolder());
    }

    private Path savedFolder() {
        return results().resolve(WorkspaceLayout.SAVED);
    }

    /**
     * Returns the folder of the runs.
     *
     * @return an absolute path, which need not exist
     */
    public Path runsFolder() {
        return path.resolve(WorkspaceLayout.RUNS);
    }

    /**
     * Returns the folder of a run.
     *
     * @param run the run's name
     * @return the folder, which need not exist
     */
    public RunFolder run(String run) {
        return new RunFolder(runsFolder().resolve(run), name, run);
    }

    /**
     * Makes the folder of a new run.
     *
     * @param now the start of the run, from which its name is made, in UTC
     * @return the new run
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
     * Lists the runs.
     *
     * @return the runs, sorted by name, so that the oldest is the first
     */
    public List<RunFolder> runs() {
        return Workspace.sortedFolders(path.resolve(WorkspaceLayout.RUNS)).stream()
                .map(folder -> new RunFolder(folder, name, folder.getFileName().toString()))
                .toList();
    }
}
