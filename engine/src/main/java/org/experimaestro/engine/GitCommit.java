package org.experimaestro.engine;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The commit that a plan's folder is at, as the user's program {@code git} reports it. Immutable.
 *
 * @param commit the commit's name, in hexadecimal digits
 * @param isDirty whether files that git knows differ from the commit
 * @param path the folder, from the root of the repository: empty, or with a slash at its end
 */
record GitCommit(String commit, boolean isDirty, String path) {
    private static final int LONGEST_ANSWER = 64 * 1024;

    /** The exit codes of {@code git diff --quiet}: 0 without a difference, 1 with one; see git-diff(1). */
    private static final int SAME = 0;

    private static final int DIFFERENT = 1;

    /**
     * Runs git to find the commit.
     *
     * @param folder the folder
     * @param limit the time limit of each of two commands
     * @return the commit; empty if the folder is in no repository that git trusts, if there is no commit or no git, or
     *     if git takes too long
     * @throws InterruptedException if this thread is interrupted while it waits
     */
    static Optional<GitCommit> find(Path folder, Duration limit) throws InterruptedException {
        try {
            Answer place = ask(folder, limit, "rev-parse", "--show-prefix", "HEAD");
            String[] lines = place.text().split("\n", -1);
            if (place.exitCode() != SAME || lines.length < 2) {
                return Optional.empty();
            }
            // The repository's filters are used, but no external programs that show differences to people.
            int difference = ask(folder, limit, "diff", "--quiet", "--no-ext-diff", "HEAD")
                    .exitCode();
            return difference == SAME || difference == DIFFERENT
                    ? Optional.of(new GitCommit(lines[1], difference == DIFFERENT, lines[0]))
                    : Optional.empty();
        } catch (IOException noGit) {
            return Optional.empty();
        }
    }

    private record Answer(int exitCode, String text) {}

    private static Answer ask(Path folder, Duration limit, String... question)
            throws IOException, InterruptedException {
        // Git takes no optional lock, because a command of the user would find it taken: git(1).
        List<String> command = new ArrayList<>(List.of("git", "--no-optional-locks", "-C", folder.toString()));
        command.addAll(List.of(question));
        Process process = new ProcessBuilder(command)
                .redirectInput(new File("/dev/null"))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            // Git ends before its answers are read, because they are shorter than the buffer of a pipe.
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException("git takes too long");
            }
            byte[] text = process.getInputStream().readNBytes(LONGEST_ANSWER);
            return new Answer(process.exitValue(), new String(text, StandardCharsets.UTF_8));
        } finally {
            process.destroyForcibly();
        }
    }

    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("commit", commit);
        json.put("dirty", isDirty);
        json.put("path", path);
        return json;
    }
}
