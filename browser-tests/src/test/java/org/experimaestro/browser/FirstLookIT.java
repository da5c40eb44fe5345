package org.experimaestro.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import java.nio.file.Path;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Somebody opens the printed address for the first time. */
@ExtendWith(Chromium.class)
class FirstLookIT {
    @TempDir
    private Path folder;

    @Test
    void printedAddress_afterARun_leadsToItsJobs(Tab tab) {
        Grid grid = Grid.in(folder);
        Assertions.assertThat(grid.run().exitCode()).isZero();

        try (Monitor monitor = Monitor.of(grid.program(), grid.workspace())) {
            tab.open(monitor).see(Grid.NAME);
            assertThat(tab.page()).not().hasURL(Pattern.compile("token"));

            tab.open(monitor, "/x/grid/latest")
                    .count("done", 7)
                    .see("grid.learn")
                    .see("grid.report");
            assertThat(tab.page()).hasTitle(Pattern.compile("grid"));
        }
    }

    @Test
    void printedAddress_openedTwice_saysHowToGetANewOne(Tab tab) {
        Grid grid = Grid.in(folder);
        Assertions.assertThat(grid.run("-c", "rates=1", "-c", "seeds=1").exitCode())
                .isZero();

        try (Monitor monitor = Monitor.of(grid.program(), grid.workspace())) {
            tab.open(monitor).see(Grid.NAME);
            tab.page().context().clearCookies();
            tab.expect("401|403").page().navigate(monitor.address());

            assertThat(tab.page().locator("body")).containsText(Pattern.compile("new address|once"));
        }
    }
}
