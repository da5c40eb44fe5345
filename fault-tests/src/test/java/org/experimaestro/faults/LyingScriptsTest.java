package org.experimaestro.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.experimaestro.spi.Shell;
import org.experimaestro.spi.ShellText;
import org.experimaestro.workspace.CopyScripts;
import org.experimaestro.workspace.JobScripts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The scripts that work in a workspace, each by itself and many times, on a file system that loses replies and remembers too long. */
@Timeout(300)
@Tag("thorough")
@EnabledOnOs(OS.LINUX)
class LyingScriptsTest {
    private static final int TIMES = 40;

    @TempDir
    Path folder;

    private Site site;
    private ShellHost host;

    @BeforeEach
    void show() throws Exception {
        Path program = LyingProgram.make(folder);
        site = new Site(folder, 0);
        Files.createDirectories(site.workspace());
        host = ShellHost.start(
                program, site, "host-a", Chance.seed(), Lie.LOST_REPLIES, Lie.LATE_NAMES, Lie.LATE_ATTRIBUTES);
    }

    @AfterEach
    void end() throws Exception {
        host.close();
        assertThat(host.told(Lie.LOST_REPLIES)).isPositive();
    }

    @Test
    void placeFolder_lostReplies_isThereEachTime() throws Exception {
        for (int i = 0; i < TIMES; i++) {
            Files.writeString(
                    Files.createDirectories(site.workspace().resolve("incoming/f" + i))
                            .resolve("a"),
                    "text");
            assertSuccess("staged=incoming/f" + i + " place=jobs/f" + i + "\n" + CopyScripts.PLACE);
            assertThat(site.workspace().resolve("jobs/f" + i + "/a")).hasContent("text");
        }
    }

    @Test
    void placeFolder_anotherOneIsThere_isRefusedEachTime() throws Exception {
        for (int i = 0; i < TIMES; i++) {
            Files.createDirectories(site.workspace().resolve("incoming/f" + i));
            Files.createDirectories(site.workspace().resolve("jobs/f" + i));
            assertThat(run("staged=incoming/f" + i + " place=jobs/f" + i + "\n" + CopyScripts.PLACE)
                            .exitCode())
                    .isNotZero();
            assertThat(site.workspace().resolve("incoming/f" + i)).isDirectory();
            assertSuccess("mkdir -p used/" + i);
        }
    }

    @Test
    void placeFile_lostReplies_isThereEachTime() throws Exception {
        for (int i = 0; i < TIMES; i++) {
            Files.writeString(
                    Files.createDirectories(site.workspace().resolve("incoming"))
                            .resolve("a" + i),
                    "text");
            assertSuccess("staged=incoming/a" + i + " place=code/a" + i + "\n" + CopyScripts.PLACE_FILE);
            assertThat(site.workspace().resolve("code/a" + i)).hasContent("text");
            assertThat(site.workspace().resolve("incoming/a" + i)).doesNotExist();
        }
    }

    @Test
    void begin_lostReplies_makesTheWorkspaceEachTime() throws Exception {
        for (int i = 0; i < TIMES; i++) {
            Path root = Files.createDirectory(site.workspace().resolve("w" + i));
            Shell.Output output = run("cd w" + i + " || exit 1\n" + CopyScripts.BEGIN);
            assertThat(output.isSuccess()).as(output.words()).isTrue();
            assertThat(root.resolve(".experimaestro.json")).hasContent("{\"format\": 2}");
            assertSuccess("cd w" + i + " || exit 1\n" + CopyScripts.END);
        }
    }

    /** A process of this host has written a marker: its own looks see it at once. */
    @Test
    void ended_markerOfThisHost_isSeenAtOnce() throws Exception {
        for (int i = 0; i < TIMES; i++) {
            String job = "jobs/t/" + i;
            assertSuccess(JobScripts.ENDED + "mkdir -p " + job + "/.experimaestro\n"
                    + "if ended " + job + " ''; then exit 1; fi\n"
                    + "printf x >" + job + "/.experimaestro/done.json\n"
                    + "ended " + job + " ''\n");
        }
    }

    private void assertSuccess(String script) throws Exception {
        Shell.Output output = run(script);
        assertThat(output.isSuccess()).as(output.words()).isTrue();
    }

    private Shell.Output run(String script) throws Exception {
        return host.run("cd " + ShellText.quote(site.workspace().toString()) + " || exit 1\n" + script);
    }
}
