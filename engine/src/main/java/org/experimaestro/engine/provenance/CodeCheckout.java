package org.experimaestro.engine.provenance;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.ExperimaestroException;
import org.experimaestro.WorkspaceException;
import org.experimaestro.base.file.Folders;
import org.experimaestro.core.json.JsonObject;
import org.experimaestro.workspace.Failures;
import org.experimaestro.workspace.RunCode;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.Workspace;
import org.jspecify.annotations.Nullable;

/**
 * A maker of a folder with the code of a run: the commit and the changes of its repository, or the stored sources alone.
 * The sources that were compiled count more than those of the repository, which may have changed before git was asked.
 *
 * <p>Other users may have written the description of the run, so nothing is written outside of the folder.
 */
public final class CodeCheckout {
    private final Workspace workspace;
    private final Map<String, @Nullable Object> description;
    private final List<String> missing = new ArrayList<>();

    private CodeCheckout(Workspace workspace, Map<String, @Nullable Object> description) {
        this.workspace = workspace;
        this.description = description;
    }

    /**
     * The folder that was made.
     *
     * @param folder the folder with the code
     * @param planFolder the folder in it that has the plan
     * @param yamlFolder the folder in it that had the experiment's YAML file
     * @param missing a sentence about each part of the code that could not be had
     */
    public record Result(Path folder, Path planFolder, Path yamlFolder, List<String> missing) {
        /** Copies the list. */
        public Result {
            missing = List.copyOf(missing);
        }
    }

    /**
     * Makes the folder.
     *
     * @param workspace the workspace of the run
     * @param run the run
     * @param folder the new folder, which must not exist; those above it are made
     * @param repository a clone that has the commit; empty for the repository in which the run was made
     * @return the folder, and what it lacks
     * @throws WorkspaceException if the folder exists, or no code can be had; then nothing is left of the folder
     * @throws InterruptedException if this thread is interrupted while it waits for git
     */
    public static Result make(Workspace workspace, RunFolder run, Path folder, Optional<Path> repository)
            throws InterruptedException {
        Map<String, @Nullable Object> description = run.description()
                .map(CodeCheckout::members)
                .orElseThrow(() -> problem(run, folder, "it has no description").build());
        if (RunCode.of(description).isEmpty()) {
            throw problem(run, folder, "its description has neither a commit nor sources")
                    .advice("an early version made it, or its plan was in no repository and was compiled elsewhere")
                    .build();
        }
        Path target = folder.toAbsolutePath().normalize();
        try {
            Files.createDirectories(target.resolveSibling(""));
            Files.createDirectory(target);
        } catch (FileAlreadyExistsException exists) {
            throw problem(run, folder, "it exists, and nothing is overwritten")
                    .advice("choose another folder with --to")
                    .build();
        } catch (IOException failed) {
            throw problem(run, folder, Failures.reason(failed)).cause(failed).build();
        }
        boolean isMade = false;
        try {
            Result result = new CodeCheckout(workspace, description).fill(target, repository);
            isMade = true;
            return result;
        } catch (IOException failed) {
            throw problem(run, folder, Failures.reason(failed)).cause(failed).build();
        } finally {
            if (!isMade) {
                deleteQuietly(target);
            }
        }
    }

    private static Map<String, @Nullable Object> members(JsonObject json) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        json.keys().forEach(key -> members.put(key, json.raw(key)));
        return members;
    }

    private static void deleteQuietly(Path folder) {
        try {
            Folders.delete(folder);
        } catch (IOException leftover) {
            // The error that is on its way names the folder.
        }
    }

    private static ExperimaestroException.Builder<WorkspaceException> problem(
            RunFolder run, Path folder, String reason) {
        return WorkspaceException.of(
                "Cannot check out the code of run " + run.qualifiedName() + " to " + folder + ": " + reason);
    }

    private Result fill(Path folder, Optional<Path> repository) throws IOException, InterruptedException {
        Map<?, ?> sources = description.get(RunCode.SOURCES) instanceof Map<?, ?> stored ? stored : Map.of();
        Path plan = inside(folder, text(sources, RunCode.PATH));
        if (description.get(RunCode.GIT) instanceof Map<?, ?> git) {
            try {
                checkOut(git, repository.orElseGet(() -> Path.of(text(git, RunCode.ROOT))), folder);
                plan = inside(folder, text(git, RunCode.PATH));
                missing.addAll(RunCode.lacks(git));
            } catch (IOException | InvalidPathException failed) {
                String reason = "commit " + text(git, RunCode.COMMIT) + ": "
                        + (failed instanceof IOException unread ? Failures.reason(unread) : failed.getMessage())
                        + "; a clone that has it can be named with --repository";
                if (sources.isEmpty()) {
                    throw new IOException(reason, failed);
                }
                missing.add("files other than the plan's Java sources, because of " + reason);
            }
        }
        Path yaml = yamlFolder(sources);
        Path was =
                sources.isEmpty() ? yaml : Path.of(text(sources, RunCode.ROOT)).resolve(text(sources, RunCode.PATH));
        if (sources.get(RunCode.FILES) instanceof Map<?, ?> files) {
            Path root = Path.of(text(sources, RunCode.ROOT));
            for (Map.Entry<?, ?> file : files.entrySet()) {
                Path at = plan.resolve(was.normalize().relativize(root.resolve(String.valueOf(file.getKey()))));
                write(folder, at.normalize(), String.valueOf(file.getKey()), String.valueOf(file.getValue()));
            }
        }
        Files.createDirectories(plan);
        Path there = plan.resolve(was.normalize().relativize(yaml)).normalize();
        boolean isThere = there.startsWith(folder) && Files.isDirectory(there) && isReal(folder, there);
        return new Result(folder, plan, isThere ? there : plan, missing);
    }

    /** Returns the folder of the YAML file of the run, where it was. */
    private Path yamlFolder(Map<?, ?> sources) {
        return description.get("file") instanceof String file
                ? workspace.root().resolve(file).normalize().resolveSibling("").normalize()
                : Path.of(text(sources, RunCode.ROOT))
                        .resolve(text(sources, RunCode.PATH))
                        .normalize();
    }

    private static String text(Map<?, ?> json, String member) {
        return json.get(member) instanceof String text ? text : "";
    }

    private void checkOut(Map<?, ?> git, Path repository, Path folder) throws IOException, InterruptedException {
        Path scratch = Files.createTempDirectory("experimaestro-git");
        try {
            Optional<Path> patch = Optional.empty();
            if (git.get(RunCode.PATCH) instanceof String digest) {
                patch = Optional.of(scratch.resolve("patch"));
                workspace.provenance().copy(digest, patch.orElseThrow());
            }
            new CommitFiles(repository, scratch).write(text(git, RunCode.COMMIT), patch, folder);
        } finally {
            Folders.delete(scratch);
        }
        if (git.get(RunCode.SUBMODULES) instanceof List<?> submodules) {
            for (Object each : submodules) {
                if (each instanceof Map<?, ?> submodule) {
                    checkOutSubmodule(submodule, repository, folder);
                }
            }
        }
    }

    private void checkOutSubmodule(Map<?, ?> submodule, Path repository, Path folder) throws InterruptedException {
        String path = text(submodule, RunCode.PATH);
        try {
            Path place = inside(folder, path);
            Files.createDirectories(place);
            if (!isReal(folder, place)) {
                throw new IOException("a link is in its place");
            }
            checkOut(submodule, repository.resolve(path), place);
        } catch (IOException failed) {
            missing.add("submodule " + path + ": " + Failures.reason(failed));
        }
    }

    private static Path inside(Path folder, String path) throws IOException {
        Path place = folder.resolve(path).normalize();
        if (!place.startsWith(folder)) {
            throw new IOException("the path \"" + path + "\" leads out of the folder");
        }
        return place;
    }

    /** Writes a source in the place of that of the repository. */
    private void write(Path folder, Path file, String name, String digest) throws IOException {
        if (!file.startsWith(folder)) {
            missing.add(name + ": it was outside of the repository");
            return;
        }
        Path parent = file.resolveSibling("");
        if (!isReal(folder, parent)) {
            throw new IOException(parent + " leads out of the folder by a link");
        }
        Files.createDirectories(parent);
        Path content = parent.resolve(".tmp-" + digest.hashCode());
        try {
            workspace.provenance().copy(digest, content);
            Files.deleteIfExists(file);
            Files.move(content, file);
        } catch (IOException failed) {
            missing.add(name + ": " + Failures.reason(failed));
        }
    }

    /** Returns whether the part of a path that exists leads into the folder, behind all links. */
    private static boolean isReal(Path folder, Path place) throws IOException {
        Path existing = place;
        while (!Files.exists(existing, LinkOption.NOFOLLOW_LINKS)) {
            existing = existing.resolve("..").normalize();
        }
        return existing.toRealPath().startsWith(folder.toRealPath());
    }
}
