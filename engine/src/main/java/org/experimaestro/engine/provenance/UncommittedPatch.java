package org.experimaestro.engine.provenance;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.experimaestro.workspace.ProvenanceStore;
import org.experimaestro.workspace.RunCode;
import org.experimaestro.workspace.WorkspaceLayout;
import org.jspecify.annotations.Nullable;

/**
 * The maker of a patch with all that differs from the commit of a repository: staged or not, and files that git does not
 * know and does not ignore. The repository is not written: git works with a copy of its index.
 */
final class UncommittedPatch {
    /** The size up to which names of files are recorded that the patch lacks. */
    private static final int MOST_NAMES = 100;

    private final GitCommand git;
    private final Path scratch;
    private final Path workspace;
    private final ProvenanceStore store;
    private final long limit;

    /**
     * Creates a maker.
     *
     * @param git the command
     * @param scratch a folder of this user alone, which is deleted afterwards
     * @param workspace the workspace, whose own files are no part of the code
     * @param store the store that gets the patch
     * @param limit the largest size of a patch, in bytes
     */
    UncommittedPatch(GitCommand git, Path scratch, Path workspace, ProvenanceStore store, long limit) {
        this.git = git;
        this.scratch = scratch;
        this.workspace = workspace;
        this.store = store;
        this.limit = limit;
    }

    /**
     * Stores the patch, and those of the submodules.
     *
     * @param state the state of the repository
     * @return the members of the description of the repository, with those that say what is stored
     */
    Map<String, Object> store(RepositoryState state) throws InterruptedException {
        Map<String, Object> json = state.toJson();
        try {
            addPatch(state, json);
        } catch (GitCommand.TooLongException tooLarge) {
            json.put(
                    RunCode.PROBLEM,
                    "the changes have more than " + limit + " bytes; a larger patch_limit stores them");
        } catch (IOException failed) {
            json.put(RunCode.PROBLEM, String.valueOf(failed.getMessage()));
        }
        return json;
    }

    private void addPatch(RepositoryState state, Map<String, Object> json) throws IOException, InterruptedException {
        Path index = copyOfIndex(state);
        GitCommand here = git.in(state.root()).withOwnObjects().with("GIT_INDEX_FILE", index.toString());
        List<String> unknown = untracked(here, state);
        json.put(RunCode.UNTRACKED, unknown.size());
        if (limit > 0) {
            List<String> leftOut = include(here, state, unknown);
            if (!leftOut.isEmpty()) {
                json.put(RunCode.LEFT_OUT, leftOut.stream().limit(MOST_NAMES).toList());
            }
            // The patch must be the same whatever the user's settings of git show to people.
            GitCommand.Answer patch = here.run(
                    limit,
                    new File("/dev/null"),
                    "-c",
                    "diff.noprefix=false",
                    "-c",
                    "diff.mnemonicPrefix=false",
                    "-c",
                    "core.quotePath=true",
                    "diff",
                    "-U3",
                    "--src-prefix=a/",
                    "--dst-prefix=b/",
                    "--binary",
                    "--full-index",
                    "--no-color",
                    "--no-ext-diff",
                    "--no-textconv",
                    "--no-renames",
                    "--ignore-submodules=all",
                    state.commit());
            if (!patch.isSuccess()) {
                throw new IOException("git diff: " + patch.message());
            }
            if (Files.size(patch.output()) > 0) {
                json.put(RunCode.PATCH, store.store(patch.output()));
            }
        } else if (state.isDirty() || !unknown.isEmpty()) {
            json.put(RunCode.PROBLEM, "patch_limit is 0");
        }
        List<Map<String, Object>> submodules = new ArrayList<>();
        for (String path : state.submodules(git)) {
            submodule(state.root().resolve(path), path).ifPresent(submodules::add);
        }
        if (!submodules.isEmpty()) {
            json.put(RunCode.SUBMODULES, submodules);
        }
    }

    /** Returns the members of a submodule; nothing for one that has no files here. */
    private Optional<Map<String, Object>> submodule(Path folder, String path) throws InterruptedException {
        if (!Files.exists(folder.resolve(".git"), LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try {
            Map<String, Object> json = store(RepositoryState.find(git.in(folder)));
            json.put(RunCode.PATH, path); // instead of the path in the submodule, which is its root
            return Optional.of(json);
        } catch (IOException unreadable) {
            return Optional.of(Map.of(RunCode.PATH, path, RunCode.PROBLEM, String.valueOf(unreadable.getMessage())));
        }
    }

    /** Copies the index: of a repository without one, all files count as not known. */
    private Path copyOfIndex(RepositoryState state) throws IOException, InterruptedException {
        String place =
                git.in(state.root()).text("rev-parse", "--git-path", "index").strip();
        Path index = state.root().resolve(place);
        Path copy = Files.createTempDirectory(scratch, "index").resolve("index");
        if (Files.exists(index)) {
            Files.copy(index, copy);
        }
        return copy;
    }

    /** Returns the files that git neither knows nor ignores, without those that runs write in a workspace. */
    private List<String> untracked(GitCommand here, RepositoryState state) throws IOException, InterruptedException {
        List<String> words =
                new ArrayList<>(List.of("ls-files", "--others", "--exclude-standard", "-z", "--", ":(top)"));
        Path root = state.root();
        Path inside = workspace.toRealPath();
        if (inside.startsWith(root.toRealPath())) {
            Path from = root.toRealPath().relativize(inside);
            WorkspaceLayout.ownNames().forEach(name -> words.add(":(top,exclude,literal)" + from.resolve(name)));
        }
        return RepositoryState.split(here.text(words.toArray(String[]::new)));
    }

    /**
     * Makes the files known to the copy of the index, from the smallest on, up to half of the limit.
     *
     * @return the files that are left out
     */
    private List<String> include(GitCommand here, RepositoryState state, List<String> unknown)
            throws IOException, InterruptedException {
        record Sized(String name, long bytes) {}
        List<String> leftOut = new ArrayList<>();
        List<Sized> files = new ArrayList<>();
        for (String name : unknown) {
            BasicFileAttributes found = find(state.root().resolve(name));
            if (found == null || !found.isRegularFile() && !found.isSymbolicLink()) {
                leftOut.add(name); // a repository in the repository, a pipe, or deleted meanwhile
            } else {
                files.add(new Sized(name, found.size()));
            }
        }
        files.sort(Comparator.comparingLong(Sized::bytes).thenComparing(Sized::name));
        List<String> taken = new ArrayList<>();
        long sum = 0;
        for (Sized file : files) {
            sum += file.bytes();
            (sum <= limit / 2 ? taken : leftOut).add(file.name());
        }
        if (!isAdded(here, taken)) {
            // One that was deleted meanwhile would take all others away.
            List<String> left = new ArrayList<>(taken);
            left.removeIf(name -> find(state.root().resolve(name)) == null);
            if (!isAdded(here, left)) {
                leftOut.addAll(taken);
            }
        }
        return leftOut;
    }

    private boolean isAdded(GitCommand here, List<String> files) throws IOException, InterruptedException {
        if (files.isEmpty()) {
            return true;
        }
        Path names = Files.createTempFile(scratch, "names", "");
        Files.write(
                names,
                files.stream().collect(Collectors.joining("\0", "", "\0")).getBytes(StandardCharsets.UTF_8));
        GitCommand.Answer added = here.run(
                GitCommand.LONGEST_TEXT,
                names.toFile(),
                "--literal-pathspecs",
                "add",
                "--intent-to-add",
                "--pathspec-from-file=-",
                "--pathspec-file-nul");
        return added.isSuccess();
    }

    private static @Nullable BasicFileAttributes find(Path file) {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException | InvalidPathException gone) {
            return null;
        }
    }
}
