package org.experimaestro.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitCommitTest {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    @TempDir
    private Path folder;

    private int git(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(
                List.of("git", "-C", folder.toString(), "-c", "user.name=a", "-c", "user.email=a@example.org"));
        command.addAll(List.of(arguments));
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

    @Test
    void find_folderOfARepository_isItsCommitAndWhetherItChanged() throws Exception {
        assumeTrue(git("init") == 0, "Skipped: there is no git");
        Path plan = Files.createDirectories(folder.resolve("plans/first"));
        assertThat(GitCommit.find(plan, LIMIT)).isEmpty(); // there is no commit yet
        Path source = Files.writeString(plan.resolve("Plan.java"), "class Plan {}");
        git("add", ".");
        assertThat(git("commit", "-m", "first")).isZero();

        GitCommit clean = GitCommit.find(plan, LIMIT).orElseThrow();
        assertThat(clean.commit()).matches("[0-9a-f]{40,64}");
        assertThat(clean.isDirty()).isFalse();
        assertThat(clean.path()).isEqualTo("plans/first/");
        assertThat(GitCommit.find(folder, LIMIT).orElseThrow().path()).isEmpty();

        Files.writeString(plan.resolve("notes.txt"), "not known to git");
        assertThat(GitCommit.find(plan, LIMIT)).contains(clean);
        Files.writeString(source, "class Plan { int x; }");
        assertThat(GitCommit.find(plan, LIMIT).orElseThrow().isDirty()).isTrue();
    }

    @Test
    void find_folderOfNoRepository_isEmpty() throws Exception {
        assertThat(GitCommit.find(folder, LIMIT)).isEmpty();
        assertThat(GitCommit.find(folder.resolve("nowhere"), LIMIT)).isEmpty();
    }

    @Test
    void find_tooSlow_isEmpty() throws Exception {
        assertThat(GitCommit.find(folder, Duration.ZERO)).isEmpty();
    }
}
