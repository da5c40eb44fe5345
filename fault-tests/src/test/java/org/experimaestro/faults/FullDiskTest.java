package org.experimaestro.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.experimaestro.disturbance.program.Await;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Workspaces that are full, or may only be read, for a time; only root can make them so. */
@Timeout(3_600)
@EnabledOnOs(OS.LINUX)
@Tag("thorough")
class FullDiskTest {
    private static final int MOST_SILENT = 1_000;

    @TempDir
    Path folder;

    @Test
    void disk_fullAtAnyMoment_nextRunIsDone() throws Exception {
        try (Site site = new Site(folder, 8)) {
            site.slots(2).ledger().takeMillis(50);
            Files.createDirectory(site.workspace());
            Shell.assume(
                    "only root can mount a small file system",
                    "mount",
                    "-t",
                    "tmpfs",
                    "-o",
                    "size=16m",
                    "tmpfs",
                    site.workspace().toString());
            try {
                Chance chance = new Chance(Chance.seed());
                for (int i = 0; i < Math.max(4, Chance.faults() / 10); i++) {
                    if (site.plans().isEmpty()) {
                        site.start();
                    }
                    chance.wait(1_500);
                    fill(site);
                    chance.wait(1_500);
                    Files.delete(filler(site));
                }
                site.awaitPlans();
                assertThat(site.finish()).as(site.log()).isZero();
                // A job that finds no room for its marker ends without a word.
                assertThat(new Laws(site).withSilentEnds(MOST_SILENT).broken()).isEmpty();
            } finally {
                site.killAll();
                Shell.unmount(site.workspace());
            }
        }
    }

    @Test
    void workspace_readOnlyWhileAJobRuns_nextRunIsDone() throws Exception {
        try (Site site = new Site(folder, 4)) {
            site.ledger().hold();
            Process plan = site.start();
            Await.until(
                    "a job is held", Duration.ofMinutes(2), () -> site.ledger().begins() > 1);
            String root = site.workspace().toString();
            Shell.assume("only root can make a folder read-only for root", "mount", "--bind", root, root);
            try {
                Shell.run("mount", "-o", "remount,bind,ro", root);
                site.ledger().release();
                site.await(plan);
                Await.until(
                        "all jobs have ended",
                        Duration.ofMinutes(1),
                        () -> site.jobProcesses().isEmpty());
                assertThat(site.await(site.start())).isNotZero();
            } finally {
                site.killAll();
                Shell.unmount(site.workspace());
            }
            assertThat(site.finish()).as(site.log()).isZero();
            // A job that is executed meanwhile cannot tell its end.
            assertThat(new Laws(site).withSilentEnds(site.jobs()).broken()).isEmpty();
        }
    }

    private static Path filler(Site site) {
        return site.workspace().resolve("filler");
    }

    /** Until not one byte is left. */
    private static void fill(Site site) throws IOException {
        for (int size = 1 << 16; size > 0; size /= 16) {
            try (OutputStream out =
                    Files.newOutputStream(filler(site), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                while (true) {
                    out.write(new byte[size]);
                }
            } catch (IOException full) {
                assertThat(full).hasMessageContaining("No space left");
            }
        }
    }
}
