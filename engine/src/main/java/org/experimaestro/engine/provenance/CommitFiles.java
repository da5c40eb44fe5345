package org.experimaestro.engine.provenance;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The files of a commit of a repository, which is not changed: git works with an index and objects of its own. The files
 * are those that a checkout has, with the user's filters.
 */
final class CommitFiles {
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40,64}");
    private static final long MOST_BYTES = 1L << 20;

    private final Path repository;
    private final Path scratch;

    CommitFiles(Path repository, Path scratch) {
        this.repository = repository;
        this.scratch = scratch;
    }

    /**
     * Writes the files.
     *
     * @param commit the commit, which may be any text
     * @param patch the changes to the commit
     * @param folder an empty folder
     * @throws IOException if there is no git, no such commit, or the patch does not fit
     */
    void write(String commit, Optional<Path> patch, Path folder) throws IOException, InterruptedException {
        if (!COMMIT.matcher(commit).matches()) {
            throw new IOException("\"" + commit + "\" is no name of a commit");
        }
        if (!Files.isDirectory(repository)) {
            throw new IOException("there is no folder " + repository);
        }
        GitCommand own = atTheTop(new GitCommand(repository.toRealPath(), scratch, LIMIT))
                .withOwnObjects()
                .with("GIT_INDEX_FILE", scratch.resolve("index").toString());
        require(own, "it is not in " + repository, new File("/dev/null"), "cat-file", "-e", commit + "^{commit}");
        require(own, "it cannot be read", new File("/dev/null"), "read-tree", commit);
        if (patch.isPresent()) {
            require(
                    own,
                    "the stored changes do not fit it",
                    patch.orElseThrow().toFile(),
                    "apply",
                    "--cached",
                    "--whitespace=nowarn");
        }
        require(
                own,
                "its files cannot be written",
                new File("/dev/null"),
                "checkout-index",
                "--all",
                "--force",
                "--prefix=" + folder + "/");
    }

    /** Returns the command at the top of the repository: in a folder of it, git leaves out what is outside. */
    private static GitCommand atTheTop(GitCommand git) throws IOException, InterruptedException {
        Path top = git.folder();
        for (char c : git.text("rev-parse", "--show-prefix").toCharArray()) {
            top = c == '/' && top.getParent() != null ? top.getParent() : top;
        }
        return git.in(top);
    }

    private static void require(GitCommand git, String problem, File input, String... words)
            throws IOException, InterruptedException {
        GitCommand.Answer answer = git.run(MOST_BYTES, input, words);
        if (!answer.isSuccess()) {
            throw new IOException(problem + (answer.message().isEmpty() ? "" : " (" + answer.message() + ")"));
        }
    }
}
