package org.experimaestro.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A run as one file opens from a disk: its filter, its table and its jobs work without a server. */
@ExtendWith(Chromium.class)
class ExportIT {
    @TempDir
    private Path folder;

    @Test
    void file_ofARunWithAFailure_filtersAndComputesWithoutAServer(Tab tab) {
        Grid grid = Grid.in(folder).fail(1);
        grid.run();
        Path file = folder.resolve("run.html");
        assertThat(grid.program()
                        .run(
                                "runs",
                                "export",
                                Grid.NAME,
                                "--workdir",
                                grid.workspace().toString(),
                                "--output",
                                file.toString())
                        .exitCode())
                .isZero();
        assertThat(file).satisfies(written -> assertThat(Files.size(written)).isLessThan(500_000));

        // The file itself is the only thing that is asked for, and it has no host.
        tab.expect("request to another host: file:");
        tab.page().navigate(file.toUri().toString());
        tab.see("Failures").see("What this file leaves out").count("failed", 1).checkAccess();

        tab.role(AriaRole.LINK, "Table").click();
        tab.see("values are here").checkAccess();
        tab.press("/").type("state=failed");
        tab.see("0 of 1 values are here");
        assertThat(tab.page().url()).endsWith("#/table?q=state=failed");

        tab.role(AriaRole.LINK, "Jobs").click();
        tab.see("1 job").press("j Enter").see("End of the log").checkAccess();
        tab.press("Escape").see("1 job");
    }

    @Test
    void export_onThePage_isSavedAsAFile(Tab tab) throws IOException {
        Grid grid = Grid.in(folder);
        grid.run("-c", "rates=1", "-c", "seeds=1");
        try (Monitor monitor = Monitor.of(grid.program(), grid.workspace())) {
            tab.open(monitor).open(monitor, "/x/grid/latest").count("done", 2);

            Download download = tab.page()
                    .waitForDownload(() -> tab.role(AriaRole.LINK, "Export").click());

            assertThat(download.suggestedFilename()).endsWith(".html");
            assertThat(Files.readString(download.path())).startsWith("<!doctype html>");
        }
    }
}
