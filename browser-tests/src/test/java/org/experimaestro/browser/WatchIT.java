package org.experimaestro.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.experimaestro.disturbance.program.Running;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The page stays true while it is open: nobody reloads it. */
@ExtendWith(Chromium.class)
class WatchIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    @Test
    void page_ofARun_showsItFromItsStartToItsEnd(Tab tab) {
        Grid grid = Grid.in(folder).hold();
        try (Running run = grid.start("-j", "3", "--web", "--port", "0");
                Monitor monitor = Monitor.of(grid.program(), grid.workspace())) {
            run.awaitText("Page: ", PATIENCE);

            tab.open(monitor)
                    .open(monitor, "/x/grid/latest")
                    .count("running", 3)
                    .count("done", 0);

            grid.release();

            tab.count("done", 7).count("running", 0);
            Assertions.assertThat(run.finish(PATIENCE).exitCode()).isZero();
            assertThat(tab.page()).hasTitle(Pattern.compile("grid"));
        }
    }

    @Test
    void plan_isKilled_runIsSaidToHaveDied(Tab tab) {
        Grid grid = Grid.in(folder).hold();
        try (Running run = grid.start("-j", "2");
                Monitor monitor = Monitor.of(grid.program(), grid.workspace())) {
            tab.open(monitor).open(monitor, "/x/grid/latest").count("running", 2);

            run.kill();

            tab.see("has ended without a result").count("running", 2);
            grid.release();
            tab.count("done", 2).count("running", 0);
        }
    }

    @Test
    void monitor_isGone_pageSaysHowOldItIs(Tab tab) {
        Grid grid = Grid.in(folder);
        Assertions.assertThat(grid.run("-c", "rates=1", "-c", "seeds=1").exitCode())
                .isZero();
        try (Monitor monitor = Monitor.of(grid.program(), grid.workspace())) {
            tab.open(monitor).open(monitor, "/x/grid/latest").count("done", 2);
            tab.expect("ERR_|Failed to load resource");

            monitor.close();

            assertThat(tab.page().getByText(Pattern.compile("As of")).first()).isVisible();
            tab.count("done", 2);
        }
    }

    @Test
    void runs_ofTwoExperiments_areBothTold(Tab tab) {
        Grid grid = Grid.in(folder).hold();
        grid.alsoNamed("other");
        try (Running first = grid.start("-j", "1");
                Running second = grid.startAs("other", "-j", "1", "-c", "name=second");
                Monitor monitor = Monitor.of(grid.program(), grid.workspace())) {
            tab.open(monitor).see("grid").see("other");
            tab.open(monitor, "/x/grid/latest").count("running", 1);
            tab.open(monitor, "/x/other/latest").count("running", 1);

            grid.release();

            tab.count("done", 7);
            tab.open(monitor, "/x/grid/latest").count("done", 7);
            Assertions.assertThat(first.finish(PATIENCE).exitCode()).isZero();
            Assertions.assertThat(second.finish(PATIENCE).exitCode()).isZero();
        }
    }
}
