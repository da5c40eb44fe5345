package org.experimaestro.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.experimaestro.core.file.AtomicFile;
import org.experimaestro.core.json.Json;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.core.json.JsonFile;
import org.experimaestro.core.json.JsonObject;
import org.experimaestro.core.json.TimeText;

/**
 * The renaming of runs of format 1, which were named in local time, to names in UTC. All new names are chosen and
 * stored before the first run is renamed, so that a conversion that was interrupted continues with the same names. A
 * new name may be the former one of another run. Therefore each run has a temporary name in between, which no run can
 * have. Confined to one thread.
 */
final class RunRenames {
    private static final String MOVING = ".upgrade-";
    private static final String RUNS = "runs";

    private final Path root;
    /** The new names of the runs by {@code experiment/run}, with the former name of the run. */
    private final Map<String, String> names;

    private RunRenames(Path root, Map<String, String> names) {
        this.root = root;
        this.names = names;
    }

    /** Reads the names that an interrupted conversion has stored; else chooses new ones, and stores them. */
    static RunRenames of(Workspace workspace, Conversion conversion) throws IOException {
        Path root = workspace.root();
        Path file = file(root);
        Map<String, String> names = new LinkedHashMap<>();
        try {
            JsonObject stored = JsonFile.read(file, JsonFile.LARGE_BYTES).object(RUNS);
            for (String run : stored.keys()) {
                names.put(run, stored.string(run));
            }
        } catch (NoSuchFileException notYet) {
            for (ExperimentFolder experiment : workspace.experiments()) {
                choose(experiment, names, conversion);
            }
            if (!conversion.isDry()) {
                Map<String, Object> json = StoredFiles.begin();
                json.put(RUNS, names);
                AtomicFile.write(file, Json.write(json));
            }
        }
        return new RunRenames(root, names);
    }

    /**
     * Returns whether a conversion has stored its names. Before that, it has changed no file but the workspace's
     * marker.
     */
    static boolean isBegun(Path root) {
        return Files.exists(file(root), LinkOption.NOFOLLOW_LINKS);
    }

    private static Path file(Path root) {
        return root.resolve(WorkspaceLayout.UPGRADE);
    }

    private record Began(String name, long millis) {}

    private static void choose(ExperimentFolder experiment, Map<String, String> names, Conversion conversion) {
        List<Began> runs = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (RunFolder run : experiment.runs()) {
            try {
                JsonObject json = JsonFile.read(run.path().resolve(RunFolder.DESCRIPTION), JsonFile.LARGE_BYTES);
                if (FormatOne.isOld(json)) {
                    runs.add(new Began(run.name(), FormatOne.startOf(json)));
                    continue;
                }
            } catch (NoSuchFileException neverBegan) {
                // The run keeps its name, as do runs whose description cannot be read.
            } catch (IOException unreadable) {
                conversion.problem(Failures.reason(unreadable));
            } catch (JsonException corrupt) {
                conversion.problem(run.path() + ": " + corrupt.getMessage());
            }
            taken.add(run.name());
        }
        runs.sort(Comparator.comparingLong(Began::millis).thenComparing(Began::name));
        for (Began run : runs) {
            RunNames candidates = new RunNames(run.millis());
            String name = candidates.next();
            while (!taken.add(name)) {
                name = candidates.next();
            }
            names.put(RunFolder.qualifiedName(experiment.name(), run.name()), name);
        }
    }

    /** Returns the new names of runs, {@code experiment/run}, by their former ones. */
    Map<String, String> references() {
        Map<String, String> references = new LinkedHashMap<>();
        names.forEach((run, name) -> references.put(run, RunFolder.qualifiedName(experiment(run), name)));
        return references;
    }

    private static String experiment(String run) {
        return run.substring(0, run.lastIndexOf('/'));
    }

    /** The paths of a run before, during and after the renaming, and its new name. */
    private record Step(Path folder, Path moving, Path target, String name) {}

    private List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        names.forEach((run, name) -> {
            Path runs = root.resolve(WorkspaceLayout.EXPERIMENTS)
                    .resolve(experiment(run))
                    .resolve(WorkspaceLayout.RUNS);
            Path folder = runs.resolve(run.substring(run.lastIndexOf('/') + 1));
            steps.add(new Step(folder, runs.resolve(MOVING + name), runs.resolve(name), name));
        });
        return steps;
    }

    /** Converts the files of all runs, and renames them. */
    void apply(Conversion conversion) throws IOException {
        List<Step> steps = steps();
        for (Step step : steps) {
            boolean isRenamed = !step.folder().equals(step.target());
            if (!conversion.isDry() && isRenamed && isOld(step.folder())) {
                OwnFolders.make(root, step.folder());
                move(step.folder(), step.moving());
            }
        }
        for (Step step : steps) {
            convert(present(step), step.name(), conversion);
        }
        if (!conversion.isDry()) {
            for (Step step : steps) {
                if (isThere(step.moving())) {
                    move(step.moving(), step.target());
                }
            }
        }
    }

    /** Returns the present folder of a run. A run that has its new name already needs no conversion. */
    private static Path present(Step step) {
        if (isThere(step.moving())) {
            return step.moving();
        }
        return isOld(step.folder()) ? step.folder() : step.target();
    }

    private void convert(Path folder, String name, Conversion conversion) throws IOException {
        Path description = folder.resolve(RunFolder.DESCRIPTION);
        if (isOld(folder)) {
            OwnFolders.make(root, folder);
            long began = FormatOne.startOf(JsonFile.read(description, JsonFile.LARGE_BYTES));
            conversion.lines(folder.resolve(RunFolder.JOBS), TimeText.of(began));
            conversion.json(description, old -> FormatOne.ofRun(old, name));
        }
    }

    private static boolean isOld(Path folder) {
        try {
            return FormatOne.isOld(JsonFile.read(folder.resolve(RunFolder.DESCRIPTION), JsonFile.LARGE_BYTES));
        } catch (IOException | JsonException notOfTheOldFormat) {
            return false;
        }
    }

    private static boolean isThere(Path folder) {
        return Files.exists(folder, LinkOption.NOFOLLOW_LINKS);
    }

    private static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Deletes the stored names, after all runs have been renamed. */
    static void forget(Path root) throws IOException {
        Files.deleteIfExists(file(root));
    }
}
