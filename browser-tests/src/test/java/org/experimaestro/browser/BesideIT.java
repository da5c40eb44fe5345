package org.experimaestro.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Actions and services of a run, from its page. */
@ExtendWith(Chromium.class)
class BesideIT {
    /** A JVM starts another one, on a machine that does much else. */
    private static final double PATIENCE = 60_000;

    @TempDir
    private Path folder;

    private static void await(Tab tab, AriaRole role, String name) {
        PlaywrightAssertions.assertThat(tab.role(role, name))
                .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(PATIENCE));
    }

    private static void awaitText(Tab tab, String text) {
        PlaywrightAssertions.assertThat(
                        tab.page().locator(".beside").getByText(text).first())
                .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(PATIENCE));
    }

    /** Confirms an action once the dialog says what it would do. */
    private static void confirm(Tab tab, String question) {
        PlaywrightAssertions.assertThat(tab.role(AriaRole.DIALOG, "")).containsText(question);
        tab.press("y");
    }

    @Test
    void actionAndService_areExecutedStartedAndOpened_withoutBarriers(Tab tab) throws Exception {
        Grid grid = Grid.in(folder);
        assertThat(grid.run("-c", "beside=true").exitCode()).isZero();
        try (Monitor monitor = Monitor.of(grid.program(), grid.workspace())) {
            tab.open(monitor).see(Grid.NAME);
            tab.open(monitor, "/x/grid/latest").see("Actions and services");
            tab.checkAccess();

            tab.role(AriaRole.LINK, "Execute export").click();
            tab.role(AriaRole.TEXTBOX, "How is the file called?").fill("a <b>.txt");
            tab.checkAccess();
            tab.press("Enter");
            confirm(tab, "and format=plain parts=weights name=a <b>.txt");
            awaitText(tab, "exported as a <b>.txt");
            awaitText(tab, "exports plain [weights]");
            Page file = tab.page()
                    .waitForPopup(() -> tab.role(AriaRole.LINK, "a <b>.txt").click());
            // The policy of files refuses also the script by which the test reads it.
            tab.expect("Blocked script execution in '[^']*/actions/export/1/files/[^']*'");
            assertThat(file.content()).contains("rate 0.1");
            file.close();

            tab.role(AriaRole.BUTTON, "Start files").click();
            confirm(tab, "Start the service?");
            await(tab, AriaRole.LINK, "Open files");
            tab.checkAccess();
            Page opened = tab.page()
                    .waitForPopup(() -> tab.role(AriaRole.LINK, "Open files").click());
            assertThat(opened.url()).matches("http://127\\.0\\.0\\.1:[0-9]+/");
            assertThat(opened.evaluate("window.opener")).isNull();
            opened.close();

            tab.role(AriaRole.BUTTON, "Stop files").click();
            confirm(tab, "Stop it?");
            awaitText(tab, "stopped");
            tab.page().setViewportSize(390, 800);
            tab.open(monitor, "/x/grid/latest?beside=services/files").see("Log of files");
            tab.checkAccess();
            assertThat((boolean) tab.page().evaluate("document.documentElement.scrollWidth <= innerWidth"))
                    .isTrue();
        }
    }
}
