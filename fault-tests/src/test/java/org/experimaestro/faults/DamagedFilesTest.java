package org.experimaestro.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.experimaestro.Outcome;
import org.experimaestro.WorkspaceException;
import org.experimaestro.disturbance.program.Await;
import org.experimaestro.engine.RunResult;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Files of the format that were cut off, or are empty, as after a power failure. */
@Tag("thorough")
@Timeout(600)
@EnabledOnOs(OS.LINUX)
class DamagedFilesTest {
    private static final int JOBS = 3;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    @Test
    void eachFile_ofJobsThatAreDone_nothingRunsAgain_andMendingSuffices() throws Exception {
        try (Site site = new Site(folder, JOBS)) {
            assertThat(site.finish()).as(site.log()).isZero();
            long executions = site.ledger().begins();
            for (Path file : files(site)) {
                byte[] content = Files.readAllBytes(file);
                for (int length : new int[] {0, content.length / 2}) {
                    Files.write(file, Arrays.copyOf(content, length));
                    run(site, file);
                    assertThat(site.ledger().begins()).as("%s", file).isEqualTo(executions);
                    Files.write(file, content);
                }
                assertThat(PlanMain.run(folder, JOBS, 1).outcome())
                        .as("%s", file)
                        .isEqualTo(Outcome.DONE);
            }
            assertThat(site.ledger().begins()).isEqualTo(executions);
            assertThat(new Laws(site).broken()).isEmpty();
        }
    }

    /** A job that was killed, and has failed before: each of its files tells who may take it. */
    @Test
    void eachFile_ofAJobThatWasKilled_isNamed_andMendingSuffices() throws Exception {
        try (Site site = new Site(folder, 1)) {
            site.ledger().hold();
            site.start();
            Await.until(
                    "the second attempt is held", PATIENCE, () -> site.ledger().begins() == 2);
            site.killAll();
            for (Path file : files(site)) {
                String name = file.getFileName().toString();
                if (!name.matches("(attempt|process|failed)-\\d.json")) {
                    continue;
                }
                byte[] content = Files.readAllBytes(file);
                for (int length : new int[] {0, content.length / 2}) {
                    Files.write(file, Arrays.copyOf(content, length));
                    if (name.contains("-2")) { // the state is that of the last attempt
                        RunResult result = PlanMain.run(folder, 1, 1);
                        assertThat(result.failures())
                                .singleElement()
                                .satisfies(job ->
                                        assertThat(job.status().message()).contains(name));
                    }
                    Files.write(file, content);
                }
            }
            assertThat(site.ledger().begins()).isEqualTo(2);
            site.ledger().release();
            assertThat(site.finish()).as(site.log()).isZero();
            assertThat(new Laws(site).broken()).isEmpty();
        }
    }

    /** A run on a workspace with a damaged file ends, whatever its end. */
    private void run(Site site, Path file) throws InterruptedException {
        try {
            RunResult result = PlanMain.run(folder, JOBS, 1);
            if (result.outcome() != Outcome.DONE) {
                assertThat(result.failures()).as("%s", file).isNotEmpty();
            }
        } catch (WorkspaceException refused) {
            assertThat(refused).hasMessageContaining(file.getFileName().toString());
        }
    }

    /** Our own files, and not those that tasks have made. */
    private static List<Path> files(Site site) throws IOException {
        try (Stream<Path> files = Files.walk(site.workspace())) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().endsWith(".txt")
                            || file.toString().contains(".experimaestro/"))
                    .sorted()
                    .toList();
        }
    }
}
