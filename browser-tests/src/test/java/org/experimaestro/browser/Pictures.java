package org.experimaestro.browser;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.experimaestro.disturbance.program.ProgramOutcome;
import org.experimaestro.disturbance.program.Running;
import org.experimaestro.disturbance.program.TestProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Takes the pictures of the documentation: of the page while the example {@code percolation} runs, and after it. The
 * property {@code pictures} names their folder; {@code docs/images/take} sets it.
 */
@ExtendWith(Chromium.class)
@EnabledIfSystemProperty(named = "pictures", matches = ".+", disabledReason = "docs/images/take asks for it")
class Pictures {
    private static final Path EXAMPLE = Path.of("../examples/percolation").toAbsolutePath();
    private static final Duration PATIENCE = Duration.ofMinutes(20);
    /** The size of the pictures in pixels, in which a reader of a page can still read them. */
    private static final int WIDTH = 1200;

    private static final int HEIGHT = 640;
    private static final String RUN = "/x/percolation/latest";

    private final Path pictures = Path.of(System.getProperty("pictures", "")).toAbsolutePath();

    @TempDir
    private Path folder;

    @Test
    void page_duringAndAfterARun_isTaken(Tab tab) throws IOException {
        Path plan = copyExample();
        TestProgram program = TestProgram.in(folder.resolve("program")).within(PATIENCE);
        Path workspace = folder.resolve("workspace");
        String[] command = {
            "run-experiment", plan.resolve("percolation.yaml").toString(), "--workdir", workspace.toString()
        };
        // A first look at few densities, which end below the threshold: the run has failures to show.
        try (Running run = program.start(
                        Stream.concat(Stream.of(command), Stream.of("-c", "densities=[0.5, 0.54, 0.56, 0.58, 0.59]"))
                                .toArray(String[]::new));
                Monitor monitor = Monitor.of(program, ofRun(run, workspace))) {
            tab.page().setViewportSize(WIDTH, HEIGHT);
            tab.open(monitor).open(monitor, RUN);
            tab.page()
                    .waitForFunction(
                            "() => [...document.querySelectorAll('.state-counts button')].some(button => "
                                    + "/^([4-9]|[0-9]{2,}) failed$/.test(button.getAttribute('aria-label')))",
                            null,
                            new Page.WaitForFunctionOptions().setTimeout(PATIENCE.toMillis()));
            take(tab, "run");
            tab.open(monitor, RUN + "/jobs");
            take(tab, "jobs");
            run.finish(PATIENCE);

            tab.open(monitor, RUN + "/jobs?q=state%3Dfailed&by=")
                    .see("A way must lead")
                    .press("j Enter");
            tab.page().waitForURL(address -> address.contains("/job/"));
            take(tab, "job");

            ProgramOutcome whole = program.run(command);
            Assertions.assertThat(whole.exitCode()).as(whole.toString()).isZero();
            take(tab.open(monitor, RUN + "/table?rows=density&cols=size&metrics=spanning&over=seed"), "table");
            take(tab.open(monitor, RUN + "/charts?metric=spanning&x=density"), "charts");
            take(tab.open(monitor, RUN + "/timeline"), "timeline");
            take(tab.open(monitor, RUN + "/graph"), "graph");
        }
    }

    /** Returns the workspace once the run has made it. */
    private static Path ofRun(Running run, Path workspace) {
        run.awaitText("starts   ", PATIENCE);
        return workspace;
    }

    private Path copyExample() throws IOException {
        Path plan = Files.createDirectories(folder.resolve("plan"));
        try (Stream<Path> files = Files.list(EXAMPLE).filter(Files::isRegularFile)) {
            files.forEach(file -> copy(file, plan.resolve(file.getFileName())));
        }
        Files.move(plan.resolve("full.yaml"), plan.resolve("percolation.yaml"));
        return plan;
    }

    private static void copy(Path from, Path to) {
        try {
            Files.copy(from, to);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Takes a view in both themes. */
    private void take(Tab tab, String name) {
        for (ColorScheme scheme : List.of(ColorScheme.DARK, ColorScheme.LIGHT)) {
            tab.page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
            tab.settle();
            tab.page().waitForTimeout(1000);
            tab.page()
                    .screenshot(new Page.ScreenshotOptions()
                            .setPath(pictures.resolve(name + "-" + scheme.name().toLowerCase(Locale.ROOT) + ".png")));
        }
    }
}
