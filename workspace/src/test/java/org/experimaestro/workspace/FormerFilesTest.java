package org.experimaestro.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FormerFilesTest {
    private static final ProcessIdentity DEAD = new ProcessIdentity("elsewhere", "boot", 1, 1, "", "");

    private JobFolder job;

    @BeforeEach
    void makeJob(@TempDir Path root) throws IOException {
        job = JobFolder.at(root.resolve("jobs/test.task/" + "0".repeat(32)));
        next();
    }

    @Test
    void clearFolder_firstAttempt_movesNothing() throws IOException {
        write("given");
        job.attempt(1).clearFolder();
        assertThat(job.path().resolve("given")).exists();
        assertThat(job.attempt(1).hasClearedFolder()).isFalse();
    }

    @Test
    void clearFolder_filesFoldersAndLinks_areMovedAsTheyAre() throws IOException {
        write("a.txt");
        write("deep/er/b.txt");
        write(".hidden");
        Path outside = Files.writeString(job.workspace().resolve("outside"), "kept");
        Files.createSymbolicLink(job.path().resolve("link"), outside);
        Files.createSymbolicLink(job.path().resolve("broken"), Path.of("nothing"));
        next().clearFolder();
        assertThat(job.path()).isDirectoryContaining("glob:**/.experimaestro");
        assertThat(job.path().toFile().list()).containsExactly(".experimaestro");
        Path former = job.findFormerFiles().orElseThrow();
        assertThat(former).hasFileName("before-2");
        assertThat(former.toFile().list()).containsExactlyInAnyOrder("a.txt", "deep", ".hidden", "link", "broken");
        assertThat(former.resolve("deep/er/b.txt")).hasContent("deep/er/b.txt");
        job.deleteFormerFiles();
        assertThat(former).doesNotExist();
        assertThat(outside).hasContent("kept");
        assertThat(job.attemptFile(2)).exists();
    }

    @Test
    void clearFolder_laterAttempt_keepsTheNewestFilesOnly() throws IOException {
        write("of-1");
        next().clearFolder();
        write("of-2");
        next().clearFolder();
        assertThat(job.findFormerFiles().orElseThrow().toFile().list()).containsExactly("of-2");
        assertThat(job.formerFiles(2)).doesNotExist();
        next().clearFolder();
        assertThat(job.findFormerFiles().orElseThrow().toFile().list()).containsExactly("of-2");
        assertThat(job.attempt(4).hasClearedFolder()).isTrue();
    }

    @Test
    void clearFolder_formerProcessDiedWhileItMoved_movesTheRestToTheSamePlace() throws IOException {
        write("of-1");
        next().clearFolder();
        write("a");
        write("b");
        next();
        Path moving = Files.createDirectory(job.internalFolder().resolve("before-moving"));
        Files.move(job.path().resolve("a"), moving.resolve("a"));
        assertThat(job.attempt(3).hasClearedFolder()).isFalse();

        next().clearFolder();
        assertThat(job.findFormerFiles().orElseThrow().toFile().list()).containsExactlyInAnyOrder("a", "b");
        assertThat(moving).doesNotExist();
        assertThat(job.formerFiles(2)).doesNotExist();
    }

    @Test
    void clearFolder_formerProcessDiedBeforeItDeletedOlderFiles_deletesThemWithTheNext() throws IOException {
        write("of-1");
        next().clearFolder();
        Files.createDirectory(job.formerFiles(3));
        Files.writeString(job.formerFiles(3).resolve("of-2"), "");
        next();
        assertThat(job.findFormerFiles()).contains(job.formerFiles(3));
        write("of-3");
        next().clearFolder();
        assertThat(job.findFormerFiles()).contains(job.formerFiles(4));
        assertThat(job.formerFiles(2)).doesNotExist();
        assertThat(job.formerFiles(3)).doesNotExist();
    }

    @Test
    void clearFolder_fileThatWasWrittenAgainMeanwhile_isKeptBesideTheFirst() throws IOException {
        Path moving = Files.createDirectory(job.internalFolder().resolve("before-moving"));
        Files.writeString(moving.resolve("a"), "first");
        Files.createDirectories(moving.resolve("d/e"));
        write("a");
        write("d/f");
        next().clearFolder();
        assertThat(job.formerFiles(2).toFile().list()).containsExactlyInAnyOrder("a", "a.2", "d", "d.2");
        assertThat(job.formerFiles(2).resolve("a")).hasContent("first");
    }

    @Test
    void clearFolder_attemptThatWasTakenForDead_touchesNothingOfTheNext() throws IOException {
        Attempt second = next();
        next().clearFolder();
        write("of-3");
        assertThatThrownBy(second::clearFolder)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("belong to another attempt than 2");
        assertThat(job.path().resolve("of-3")).exists();
    }

    @Test
    void clearFolder_jobThatIsDoneMeanwhile_keepsItsFiles() throws IOException {
        Attempt second = next();
        write("result");
        second.done(1, Map.of(), null);
        assertThatThrownBy(second::clearFolder).isInstanceOf(IOException.class);
        assertThat(job.path().resolve("result")).exists();
    }

    @Test
    void clearFolder_linkInThePlaceOfOurFolder_isNotFollowed(@TempDir Path elsewhere) throws IOException {
        write("a");
        Files.createSymbolicLink(job.internalFolder().resolve("before-moving"), elsewhere);
        Attempt second = next();
        assertThatThrownBy(second::clearFolder)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("a symbolic link is in the place of a folder");
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void status_formerFilesWithNamesLikeOurs_areNotSeen() throws IOException {
        write("attempt-9.json");
        write("done.json");
        next().clearFolder();
        assertThat(job.status().lastAttempt()).hasValue(2);
        assertThat(job.status().state()).isNotEqualTo(JobState.DONE);
    }

    private Attempt next() throws IOException {
        Claim claim = job.claim(DEAD, "test");
        Attempt attempt = ((Claim.Granted) claim).attempt();
        attempt.begin(DEAD, 1);
        attempt.failed(FailureCause.EXCEPTION, "failed", null);
        return attempt;
    }

    private void write(String name) throws IOException {
        Path file = job.path().resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, name);
    }
}
