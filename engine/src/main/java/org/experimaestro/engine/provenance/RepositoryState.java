package org.experimaestro.engine.provenance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.experimaestro.workspace.RunCode;

/**
 * The commit that a folder's repository is at, and the files that differ from it. Immutable.
 *
 * @param root the folder of the repository's files, absolute
 * @param commit the commit's name, in hexadecimal digits
 * @param path the folder, from the root of the repository: empty, or with a slash at its end
 * @param changed the files that git knows and that differ from the commit, from the root of the repository; a submodule
 *     counts as a file
 */
record RepositoryState(Path root, String commit, String path, List<String> changed) {
    private static final int ANSWERS = 3;

    RepositoryState {
        changed = List.copyOf(changed);
    }

    /**
     * Runs git to find the state.
     *
     * @param git the command, in the folder
     * @throws IOException if the folder is in no repository that git trusts, if there is no commit or no git, or if git
     *     takes too long
     */
    static RepositoryState find(GitCommand git) throws IOException, InterruptedException {
        String[] lines = git.text("rev-parse", "--show-toplevel", "--show-prefix", "HEAD")
                .split("\n", -1);
        if (lines.length < ANSWERS) {
            throw new IOException("git has no folder of files");
        }
        // The repository's filters are used, but no external programs that show differences to people.
        String names = git.text(
                "diff",
                "--name-only",
                "-z",
                "--no-ext-diff",
                "--no-textconv",
                "--no-renames",
                "--ignore-submodules=untracked",
                lines[2]); // which HEAD may not be any longer
        return new RepositoryState(Path.of(lines[0]), lines[2], lines[1], split(names));
    }

    /** Returns the names of an answer in which each ends with a zero. */
    static List<String> split(String names) {
        return names.isEmpty() ? List.of() : Arrays.asList(names.split("\0"));
    }

    boolean isDirty() {
        return !changed.isEmpty();
    }

    /** Returns the paths of the submodules that have files here, from the root of the repository. */
    List<String> submodules(GitCommand git) throws IOException, InterruptedException {
        List<String> paths = new ArrayList<>();
        if (!Files.exists(root.resolve(".gitmodules"))) {
            return paths; // the usual case, in which not all files need be listed
        }
        // MODE OBJECT STAGE, a tabulator and the path: git-ls-files(1)
        for (String line : split(git.in(root).text("ls-files", "--stage", "-z"))) {
            int tab = line.indexOf('\t');
            if (line.startsWith("160000 ") && tab > 0) {
                paths.add(line.substring(tab + 1));
            }
        }
        return paths;
    }

    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put(RunCode.COMMIT, commit);
        json.put(RunCode.DIRTY, isDirty());
        json.put(RunCode.PATH, path);
        json.put(RunCode.ROOT, root.toString());
        json.put(RunCode.CHANGED, changed.size());
        return json;
    }
}
