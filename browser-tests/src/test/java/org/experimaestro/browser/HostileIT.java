package org.experimaestro.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The names, tags and logs of jobs are shown as text: no part of them acts in the page, or hides. */
@ExtendWith(Chromium.class)
class HostileIT {
    private static final String NAME = "<img src=x onerror=alert(1)><script>document.title='hit'</script>\u202Egnp.exe";

    @TempDir
    private Path folder;

    @Test
    void namesAndTags_areShownAsText(Tab tab) {
        Grid grid = Grid.in(folder);
        Assertions.assertThat(grid.run("-c", "name=" + NAME).exitCode()).isZero();

        try (Monitor monitor = Monitor.of(grid.program(), grid.workspace())) {
            tab.open(monitor);
            for (String view : new String[] {
                "",
                "/jobs?by=",
                "/table",
                "/charts",
                "/charts?x=name",
                "/timeline",
                "/timeline?as=table",
                "/graph?by=type,name"
            }) {
                tab.open(monitor, "/x/grid/latest" + view).settle();
                Assertions.assertThat(tab.page().title()).as(view).doesNotContain("hit");
                Assertions.assertThat(tab.page().locator("img, #main script").count())
                        .as(view)
                        .isZero();
            }
        }
    }

    @Test
    void log_ofEscapesAndBadBytes_isReadable(Tab tab) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(
                "begins\n<script>alert(1)</script> <img src=x onerror=alert(2)>\n".getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(
                "\033]8;;http://evil.example/\033\\click\033]8;;\033\\ \033]52;c;ZXZpbA==\007 \033[2J\033[31mred\033[0m\n"
                        .getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(new byte[] {(byte) 0xff, (byte) 0xfe, (byte) 0xc0, (byte) 0x80, '\n'});
        bytes.writeBytes("abc \u202Egnp.exe\n".getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes("\033[38;5;196m".repeat(5000).getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes("x".repeat(3_000_000).getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes("\nends\n".getBytes(StandardCharsets.UTF_8));
        Grid grid = Grid.in(folder).print(0, bytes.toByteArray());
        Assertions.assertThat(grid.run("-c", "rates=1", "-c", "seeds=1", "-c", "report=false")
                        .exitCode())
                .isZero();

        try (Monitor monitor = Monitor.of(grid.program(), grid.workspace())) {
            tab.open(monitor).open(monitor, "/x/grid/latest/jobs");
            FailureIT.openFirstJob(tab);
            tab.see("learns with rate").see("ends");
            Assertions.assertThat(tab.page()
                            .locator("img, #main script, a[href*=evil]")
                            .count())
                    .isZero();
            Assertions.assertThat(tab.elements()).isLessThanOrEqualTo(4000);

            tab.press("/").type("begins").press("Enter");
            tab.see("begins");
            assertThat(tab.page()
                            .locator("#main")
                            .getByText("<script>alert(1)</script>")
                            .first())
                    .isVisible();
        }
    }

    @Test
    void tenThousandTags_leaveThePageUsable(Tab tab) {
        Grid grid = Grid.in(folder);
        Assertions.assertThat(grid.run("-c", "more_tags=10000", "-c", "rates=2", "-c", "seeds=1", "-c", "report=false")
                        .exitCode())
                .isZero();

        try (Monitor monitor = Monitor.of(grid.program(), grid.workspace())) {
            tab.open(monitor).open(monitor, "/x/grid/latest").count("done", 2);
            for (String view : new String[] {"", "/jobs?by=", "/table", "/charts?x=rate", "/timeline", "/graph"}) {
                tab.open(monitor, "/x/grid/latest" + view).settle();
                Assertions.assertThat(tab.elements()).as(view).isLessThanOrEqualTo(12_000);
            }
        }
    }
}
