package org.experimaestro.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.Outcome;
import org.experimaestro.WorkspaceException;
import org.experimaestro.trial.Lab;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A workspace on a file system of a few megabytes, which only root may mount. */
@Timeout(120)
@EnabledOnOs(OS.LINUX)
final class DiskFullTest {
    @TempDir
    Path folder;

    private Lab lab;
    private boolean mounted;

    @BeforeEach
    void setUp() throws Exception {
        lab = new Lab(folder);
        Files.createDirectory(lab.workspace());
        mounted = call(
                        "mount",
                        "-t",
                        "tmpfs",
                        "-o",
                        "size=8m",
                        "tmpfs",
                        lab.workspace().toString())
                == 0;
        assumeTrue(mounted, "Skipped: only root can mount the small file system that this test fills");
    }

    @AfterEach
    void tearDown() throws Exception {
        lab.close();
        if (mounted) {
            assertThat(call("umount", lab.workspace().toString())).isZero();
        }
    }

    @Test
    void run_fullFromTheStart_saysSo_andWorksOnceThereIsRoom() throws Exception {
        fill();
        assertThatThrownBy(() -> lab.run(plan()))
                .isInstanceOf(WorkspaceException.class)
                .hasMessageContaining("No space left on device");

        makeRoom();
        assertThat(lab.run(plan()).outcome()).isEqualTo(Outcome.DONE);
        assertThat(lab.control().executions()).containsExactly("a", "b");
    }

    @Test
    void run_fullWhileAJobRuns_reportsIt_andTheNextRunCompletes() throws Exception {
        lab.control().hold("a");
        CompletableFuture<RunResult> run = lab.start(plan());
        lab.control().awaitExecution("a");
        fill();
        lab.control().release("a");
        RunResult full = run.get();

        assertThat(full.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(full.failures())
                .extracting(failure -> Lab.name(failure.task()))
                .containsExactly("a");
        assertThat(full.failures().get(0).status().message()).isNotEmpty();
        assertThat(full.skipped()).extracting(Lab::name).containsExactly("b");
        assertThat(lab.recorder().warnings())
                .filteredOn(text -> text.contains("The record of this run"))
                .singleElement()
                .asString()
                .contains("No space left on device");

        makeRoom();
        RunResult next = lab.run(plan());
        assertThat(next.outcome()).isEqualTo(Outcome.DONE);
        assertThat(lab.control().executions()).containsExactly("a", "a", "b");
        assertThat(lab.job("b").path().resolve("out.txt")).hasContent("b<a>");
    }

    @Test
    void run_fullBeforeAJobStarts_reportsIt_andTheNextRunCompletes() throws Exception {
        lab.slots(1);
        lab.control().hold("a");
        CompletableFuture<RunResult> run = lab.start((xp, settings) -> {
            xp.submit(lab.step("a"));
            xp.submit(lab.step("late"));
        });
        lab.control().awaitExecution("a");
        fill();
        lab.control().release("a");
        RunResult full = run.get();

        assertThat(full.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(full.failures())
                .filteredOn(failure -> Lab.name(failure.task()).equals("late"))
                .singleElement()
                .satisfies(failure -> assertThat(failure.status().message()).contains("No space left on device"));

        makeRoom();
        assertThat(lab.run((xp, settings) -> xp.submit(lab.step("late"))).outcome())
                .isEqualTo(Outcome.DONE);
        assertThat(lab.control().executions()).containsExactly("a", "late");
    }

    private ExperimentPlan<String> plan() {
        return (xp, settings) -> xp.submit(lab.step("b", xp.submit(lab.step("a"))));
    }

    private Path filler() {
        return lab.workspace().resolve("filler");
    }

    /** Until not one byte is left. */
    private void fill() throws IOException {
        for (int size = 1 << 16; size > 0; size /= 16) {
            try (OutputStream out =
                    Files.newOutputStream(filler(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                while (true) {
                    out.write(new byte[size]);
                }
            } catch (IOException full) {
                assertThat(full).hasMessageContaining("No space left");
            }
        }
    }

    private void makeRoom() throws IOException {
        Files.delete(filler());
    }

    private static int call(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
