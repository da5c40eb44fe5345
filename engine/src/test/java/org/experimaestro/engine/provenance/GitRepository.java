package org.experimaestro.engine.provenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A repository of a test. Tests are skipped on a machine without git. */
final class GitRepository {
    private final Path folder;

    private GitRepository(Path folder) {
        this.folder = folder;
    }

    static GitRepository create(Path folder) throws Exception {
        Files.createDirectories(folder);
        GitRepository repository = new GitRepository(folder);
        assumeTrue(repository.exit("init", "-q") == 0, "Skipped: there is no git");
        return repository;
    }

    Path folder() {
        return folder;
    }

    GitRepository write(String file, String text) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.resolveSibling(""));
        Files.writeString(path, text);
        return this;
    }

    GitRepository commit() throws Exception {
        return git("add", "-A").git("commit", "-q", "-m", "a commit");
    }

    GitRepository git(String... words) throws Exception {
        assertThat(exit(words)).as(String.join(" ", words)).isZero();
        return this;
    }

    /** Returns the files that differ, as git tells them. */
    String status() throws Exception {
        Process process = new ProcessBuilder("git", "-C", folder.toString(), "status", "--porcelain").start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private int exit(String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "git",
                "-C",
                folder.toString(),
                "-c",
                "user.name=a",
                "-c",
                "user.email=a@example.org",
                "-c",
                "commit.gpgsign=false",
                "-c",
                "protocol.file.allow=always"));
        command.addAll(List.of(words));
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException none) {
            return -1;
        }
    }
}
