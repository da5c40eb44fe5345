package org.experimaestro.cli.option;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.experimaestro.PlanException;
import org.experimaestro.WorkspaceException;
import org.experimaestro.settings.ExperimentFile;

/**
 * The workspaces that the experiments of a folder name. Only YAML files with the key {@code workdir} and a plan count;
 * others, such as a file that is imported, or a file of another program, are left out, as are files with mistakes.
 */
final class ExperimentsHere {
    private final SortedMap<Path, Path> workspaces;
    private final Set<String> others;

    private ExperimentsHere(SortedMap<Path, Path> workspaces, Set<String> others) {
        this.workspaces = workspaces;
        this.others = others;
    }

    /**
     * Reads the YAML files of a folder.
     *
     * @param folder the folder; its folders are not searched
     * @return the workspaces; none if the folder cannot be read
     */
    static ExperimentsHere in(Path folder) {
        SortedMap<Path, Path> workspaces = new TreeMap<>();
        Set<String> others = new TreeSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, ExperimentsHere::isYaml)) {
            for (Path file : files) {
                Optional<ExperimentFile> experiment = find(file);
                Optional<Path> workspace = experiment.flatMap(ExperimentFile::workdir);
                workspace.ifPresent(named -> workspaces.put(file, named));
                if (workspace.isEmpty()) {
                    experiment.map(ExperimentFile::id).ifPresent(others::add);
                }
            }
        } catch (IOException | DirectoryIteratorException unreadable) {
            return new ExperimentsHere(new TreeMap<>(), new TreeSet<>());
        }
        return new ExperimentsHere(workspaces, others);
    }

    /** Returns the names of the experiments that name no workspace. */
    Set<String> others() {
        return others;
    }

    private static boolean isYaml(Path file) {
        return ExperimentFile.isNameOfOne(file.toString()) && Files.isRegularFile(file);
    }

    private static Optional<ExperimentFile> find(Path file) {
        try {
            return Optional.of(ExperimentFile.read(file, List.of())).filter(ExperimentFile::hasPlan);
        } catch (PlanException notAnExperiment) {
            return Optional.empty();
        }
    }

    /**
     * Returns the one workspace of all files.
     *
     * @return empty if no file names a workspace
     * @throws WorkspaceException if the files name several
     */
    Optional<WorkspaceChoice> choice() {
        if (workspaces.isEmpty()) {
            return Optional.empty();
        }
        if (workspaces.values().stream().distinct().count() > 1) {
            String found = workspaces.entrySet().stream()
                    .map(each -> each.getKey().getFileName() + ": " + each.getValue())
                    .collect(Collectors.joining("\n  ", "\n  ", "\n"));
            throw WorkspaceException.of("The experiments of this folder have several workspaces:" + found)
                    .advice("give the file of one as the first argument, as in jobs list "
                            + workspaces.firstKey().getFileName() + ", or name the workspace with --workdir")
                    .build();
        }
        Map.Entry<Path, Path> first = workspaces.firstEntry();
        String reason = "workdir: in " + first.getKey().getFileName();
        return Optional.of(new WorkspaceChoice(first.getValue(), WorkspaceChoice.Origin.FILE_HERE, reason));
    }
}
