package org.experimaestro.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import java.nio.file.Path;
import java.time.Duration;
import org.assertj.core.api.Assertions;
import org.experimaestro.disturbance.program.ProgramOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Ten thousand jobs are as many elements as a screen has room for. */
@ExtendWith(Chromium.class)
class ManyJobsIT {
    private static final int MOST_ELEMENTS = 2000;

    @TempDir
    private Path folder;

    @Test
    void tenThousandJobs_areAPageOfRows(Tab tab) {
        Grid grid = Grid.in(folder);
        ProgramOutcome generated = new Grid(folder, grid.program().within(Duration.ofMinutes(5)))
                .run("--run-mode", "generate", "-c", "rates=100", "-c", "seeds=100", "-c", "report=false");
        Assertions.assertThat(generated.exitCode()).as(generated.toString()).isZero();

        try (Monitor monitor = Monitor.of(grid.program(), grid.workspace())) {
            tab.open(monitor).open(monitor, "/jobs").count("new", 10_000);
            Locator rows = tab.page().locator("[role=row]");
            assertThat(rows.first()).isVisible();
            Assertions.assertThat(rows.count()).isLessThanOrEqualTo(100);
            Assertions.assertThat(tab.elements()).isLessThanOrEqualTo(MOST_ELEMENTS);

            tab.open(monitor, "/jobs?by=").settle();
            assertThat(rows.first()).isVisible();
            Assertions.assertThat(rows.count()).isLessThanOrEqualTo(100);
            Assertions.assertThat(tab.elements()).isLessThanOrEqualTo(MOST_ELEMENTS);

            tab.press("End").settle();
            Assertions.assertThat(tab.elements()).isLessThanOrEqualTo(MOST_ELEMENTS);

            tab.open(monitor, "/jobs?q=rate%3D0.1%20and%20seed%3D7").count("new", 1);
            for (String view : new String[] {"/charts", "/timeline", "/graph", "/table"}) {
                tab.open(monitor, view).settle();
                Assertions.assertThat(tab.elements()).as(view).isLessThanOrEqualTo(MOST_ELEMENTS);
            }
        }
    }
}
