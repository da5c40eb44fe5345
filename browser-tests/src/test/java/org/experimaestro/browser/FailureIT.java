package org.experimaestro.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.experimaestro.disturbance.program.Running;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A job fails, and somebody with a keyboard finds out why, and has it done again. */
@ExtendWith(Chromium.class)
class FailureIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    @Test
    void failedJob_byKeyAlone_isFoundReadAndRetried(Tab tab) {
        Grid grid = Grid.in(folder).fail(1).hold(5);
        try (Running run = grid.start("-j", "2");
                Monitor monitor = Monitor.of(grid.program(), grid.workspace())) {
            tab.open(monitor).open(monitor, "/x/grid/latest").count("failed", 1);
            tab.see("The data of job 1 is missing");

            tab.go("g j", "/jobs").press("F");
            assertThat(tab.page()).hasURL(Pattern.compile("q=state(=|%3D)failed"));
            openFirstJob(tab);
            tab.see("The data of job 1 is missing").see("ERROR cannot learn with rate 0.1");

            grid.mend(1);
            tab.press("r");
            assertThat(tab.role(AriaRole.DIALOG, "")).isVisible();
            tab.press("y");
            assertThat(tab.page().getByRole(AriaRole.DIALOG)).hasCount(0);

            tab.go("g r", "/grid/[^/]*").count("failed", 0);
            grid.release(5);
            tab.count("done", 7);
            Assertions.assertThat(run.finish(PATIENCE).exitCode()).isZero();
        }
    }

    @Test
    void runningJob_isKilledAfterAConfirmation(Tab tab) {
        Grid grid = Grid.in(folder).hold(0);
        try (Running run = grid.start("-j", "1", "-c", "rates=1", "-c", "seeds=1", "-c", "report=false");
                Monitor monitor = Monitor.of(grid.program(), grid.workspace())) {
            tab.open(monitor).open(monitor, "/x/grid/latest").count("running", 1);
            tab.go("g j", "/jobs");
            openFirstJob(tab);
            tab.see("learns with rate");

            tab.press("K");
            assertThat(tab.role(AriaRole.DIALOG, "")).isVisible();
            // The key that has begun it does not confirm it.
            tab.press("K");
            assertThat(tab.role(AriaRole.DIALOG, "")).isVisible();
            tab.press("y");

            tab.go("g r", "/grid/[^/]*").count("failed", 1).count("running", 0);
            Assertions.assertThat(run.finish(PATIENCE).exitCode()).isNotZero();
        }
    }

    /** Goes down in the list until a job is open: groups are unfolded on the way. */
    static void openFirstJob(Tab tab) {
        assertThat(tab.page()
                        .locator("[role=treegrid] [role=row], table [role=row], [role=grid] [role=row]")
                        .first())
                .isVisible();
        for (int step = 0; step < 8 && !tab.page().url().contains("/job/"); step++) {
            tab.press("j").press("Enter");
        }
        assertThat(tab.page()).hasURL(Pattern.compile("/job/grid\\."));
    }
}
