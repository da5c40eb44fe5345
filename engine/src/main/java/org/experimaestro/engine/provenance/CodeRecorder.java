package org.experimaestro.engine.provenance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.experimaestro.base.file.Folders;
import org.experimaestro.core.git.DirtyGit;
import org.experimaestro.workspace.Failures;
import org.experimaestro.workspace.RunCode;
import org.experimaestro.workspace.Workspace;
import org.jspecify.annotations.Nullable;

/**
 * The recorder of the code of a run, which works in the background: a run never waits for git before it starts. A failure
 * loses what was to be stored, and is a warning. Thread-safe.
 */
public final class CodeRecorder implements AutoCloseable {
    /** The time limit of each git command. */
    private static final Duration LIMIT = Duration.ofSeconds(30);
    /** The longest time that the end of a run waits, because a short run ends before git has answered. */
    private static final Duration LAST_ANSWER = Duration.ofSeconds(20);

    private final PlanOrigin plan;
    private final Workspace workspace;
    private final List<Path> classPath;
    private volatile @Nullable Thread thread;

    /**
     * Creates a recorder that does nothing yet.
     *
     * @param plan the origin of the plan
     * @param workspace the workspace that stores the code
     * @param classPath the plan's class path
     */
    public CodeRecorder(PlanOrigin plan, Workspace workspace, List<Path> classPath) {
        this.plan = plan;
        this.workspace = workspace;
        this.classPath = List.copyOf(classPath);
    }

    /**
     * Begins to record, and returns at once.
     *
     * @param description receives the members of the run's description, each by its name, some twice
     * @param warning receives a sentence about what cannot be stored
     */
    public void begin(BiConsumer<String, Object> description, Consumer<String> warning) {
        Path folder = plan.folder();
        if (folder == null && plan.settings() == null && classPath.isEmpty()) {
            return;
        }
        thread = Thread.ofVirtual().name("experimaestro-code").start(() -> {
            try {
                storeSources(description);
                if (folder != null) {
                    recordRepository(folder, description, warning);
                }
                Map<String, String> artifacts = JarCoordinates.of(classPath);
                if (!artifacts.isEmpty()) {
                    description.accept(RunCode.ARTIFACTS, artifacts);
                }
            } catch (IOException | RuntimeException failed) {
                warning.accept("The code of this run is not stored: "
                        + (failed instanceof IOException unwritten ? Failures.reason(unwritten) : failed)
                        + "; the run goes on");
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void storeSources(BiConsumer<String, Object> description) throws IOException {
        String settings = plan.settings();
        if (settings != null) {
            description.accept(
                    RunCode.SETTINGS, workspace.provenance().store(settings.getBytes(StandardCharsets.UTF_8)));
        }
        if (plan.sources().isEmpty()) {
            return;
        }
        Path root = plan.sources().firstKey().resolveSibling("");
        for (Path file : plan.sources().keySet()) {
            while (!file.startsWith(root)) {
                root = root.resolve("..").normalize();
            }
        }
        Map<String, String> files = new TreeMap<>();
        for (Map.Entry<Path, String> source : plan.sources().entrySet()) {
            String digest = workspace.provenance().store(source.getValue().getBytes(StandardCharsets.UTF_8));
            files.put(root.relativize(source.getKey()).toString().replace('\\', '/'), digest);
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put(RunCode.ROOT, root.toString());
        Path folder = plan.folder();
        json.put(
                RunCode.PATH,
                folder == null ? "" : root.relativize(folder).toString().replace('\\', '/'));
        json.put(RunCode.FILES, files);
        description.accept(RunCode.SOURCES, json);
    }

    private void recordRepository(Path folder, BiConsumer<String, Object> description, Consumer<String> warning)
            throws IOException, InterruptedException {
        Path scratch = Files.createTempDirectory("experimaestro-git");
        try {
            GitCommand git = new GitCommand(folder, scratch, LIMIT);
            RepositoryState state;
            try {
                state = RepositoryState.find(git);
            } catch (IOException noCommit) {
                return; // no repository, none that git trusts, no commit, or no git
            }
            Map<String, Object> begun = state.toJson();
            begun.put(RunCode.PROBLEM, "the changes to the commit are not stored yet");
            description.accept(RunCode.GIT, begun);
            if (plan.dirtyGit() == DirtyGit.WARN && state.isDirty()) {
                warning.accept(DirtyCheck.sentence(state));
            }
            Map<String, Object> stored = new UncommittedPatch(
                            git, scratch, workspace.root(), workspace.provenance(), plan.patchLimit())
                    .store(state);
            description.accept(RunCode.GIT, stored);
            lack(stored).ifPresent(warning);
        } finally {
            Folders.delete(scratch);
        }
    }

    /** Returns a sentence about changes that are not stored; nothing if the limit of 0 asks for that. */
    private Optional<String> lack(Map<String, Object> stored) {
        if (plan.patchLimit() == 0) {
            return Optional.empty();
        }
        List<String> lacks = RunCode.lacks(stored);
        return lacks.isEmpty()
                ? Optional.empty()
                : Optional.of("The changes that are not committed are not all stored with this run: "
                        + String.join("; ", lacks));
    }

    /** Waits until all is recorded, for at most 20 seconds: for the end of a run. */
    public void await() {
        await(LAST_ANSWER);
    }

    /**
     * Waits until all is recorded.
     *
     * @param limit the longest time to wait
     */
    public void await(Duration limit) {
        Thread recording = thread;
        try {
            if (recording != null) {
                recording.join(limit);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops recording. Does not wait. */
    @Override
    public void close() {
        Thread recording = thread;
        if (recording != null) {
            recording.interrupt();
        }
    }
}
