package org.experimaestro.engine.provenance;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The user's program {@code git}, in one folder. Its answers go to files, so that it never waits for a reader. Immutable. */
final class GitCommand {
    /** The bytes of an answer that is read as a text: a name, a commit, a list of files. */
    static final long LONGEST_TEXT = 32L << 20;

    private static final int LONGEST_MESSAGE = 2_000;
    private static final long LOOK_MILLIS = 50;
    /** Variables that would lead git to another repository, as in a hook of git. */
    private static final List<String> LEADING = List.of(
            "GIT_DIR",
            "GIT_WORK_TREE",
            "GIT_INDEX_FILE",
            "GIT_OBJECT_DIRECTORY",
            "GIT_PREFIX",
            "GIT_NAMESPACE",
            "GIT_DIFF_OPTS");

    private final Path folder;
    private final Path scratch;
    private final Duration limit;
    private final Map<String, String> variables;

    /**
     * Creates a command that is not run yet.
     *
     * @param folder the folder in which git looks for the repository
     * @param scratch a folder of this user alone, for the answers
     * @param limit the time limit of each run
     */
    GitCommand(Path folder, Path scratch, Duration limit) {
        this(folder, scratch, limit, Map.of());
    }

    private GitCommand(Path folder, Path scratch, Duration limit, Map<String, String> variables) {
        this.folder = folder;
        this.scratch = scratch;
        this.limit = limit;
        this.variables = variables;
    }

    /** Returns the command with a further environment variable. */
    GitCommand with(String variable, String value) {
        Map<String, String> all = new HashMap<>(variables);
        all.put(variable, value);
        return new GitCommand(folder, scratch, limit, all);
    }

    /** Returns the command with objects of its own: it reads those of the repository, and writes none there. */
    GitCommand withOwnObjects() throws IOException, InterruptedException {
        Path objects = folder.resolve(text("rev-parse", "--git-path", "objects").strip())
                .toAbsolutePath();
        String quoted =
                '"' + objects.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"'; // colons divide: git(1)
        return with(
                        "GIT_OBJECT_DIRECTORY",
                        Files.createTempDirectory(scratch, "objects").toString())
                .with("GIT_ALTERNATE_OBJECT_DIRECTORIES", quoted);
    }

    /** Returns the command in another folder. */
    GitCommand in(Path other) {
        return new GitCommand(other, scratch, limit, variables);
    }

    Path folder() {
        return folder;
    }

    /**
     * The end of git.
     *
     * @param exitCode its exit code, 0 for success
     * @param output the file of its standard output
     * @param message the beginning of its standard error
     */
    record Answer(int exitCode, Path output, String message) {
        boolean isSuccess() {
            return exitCode == 0;
        }

        String text() throws IOException {
            return new String(Files.readAllBytes(output), StandardCharsets.UTF_8); // damaged names do not fail
        }
    }

    /** Returns the answer to a question, as a text. */
    String text(String... words) throws IOException, InterruptedException {
        Answer answer;
        try {
            answer = run(LONGEST_TEXT, new File("/dev/null"), words);
        } catch (TooLongException tooLong) {
            throw new IOException("git " + words[0] + " lists too many files", tooLong);
        }
        if (!answer.isSuccess()) {
            throw new IOException("git " + String.join(" ", words) + ": " + answer.message());
        }
        return answer.text();
    }

    /**
     * Runs git and waits for it.
     *
     * @param most the largest size of the answer, in bytes
     * @param input the file of its standard input
     * @param words the words after {@code git}
     * @throws TooLongException if the answer is larger
     * @throws IOException if there is no git, or it takes too long
     */
    Answer run(long most, File input, String... words) throws IOException, InterruptedException {
        // Git takes no optional lock, because a command of the user would find it taken: git(1).
        List<String> command =
                new ArrayList<>(List.of("git", "--no-optional-locks", "-c", "core.fsmonitor=false", "-C"));
        command.add(folder.toString());
        command.addAll(List.of(words));
        Path output = Files.createTempFile(scratch, "answer", "");
        Path errors = Files.createTempFile(scratch, "errors", "");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(input)
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile());
        builder.environment().keySet().removeAll(LEADING);
        builder.environment().put("LC_ALL", "C");
        builder.environment().putAll(variables);
        Process process = builder.start();
        try {
            await(process, output, most);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        if (Files.size(output) > most) {
            throw new TooLongException(most);
        }
        String message = Files.readString(errors, StandardCharsets.ISO_8859_1);
        return new Answer(
                process.exitValue(),
                output,
                message.substring(0, Math.min(message.length(), LONGEST_MESSAGE))
                        .strip());
    }

    private void await(Process process, Path output, long most) throws IOException, InterruptedException {
        long waited = 0;
        while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            waited += LOOK_MILLIS;
            if (Files.size(output) > most) {
                throw new TooLongException(most);
            }
            if (waited > limit.toMillis()) {
                throw new IOException("git takes longer than " + limit.toSeconds() + " s");
            }
        }
    }

    /** The error of an answer that is larger than its reader wants it. */
    static final class TooLongException extends IOException {
        private static final long serialVersionUID = 1L;

        TooLongException(long most) {
            super("it has more than " + most + " bytes");
        }
    }
}
