package org.experimaestro.benchmarks;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.io.BufferedOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.Workspace;

/**
 * Opens the page of a workspace of {@link ManyJobs} in Chromium, and prints what a reader waits for. Arguments: the folder, the number
 * of jobs, the size of a log in bytes, and the address that {@code monitor --web} has printed.
 *
 * <p>The times are taken in the page: from its navigation, from the press of a key, or from the moment at which a file was
 * written, until the frame that shows the answer.
 */
public final class PageTimes {
    private static final int TIMES = 10;
    private static final int LOG_LINE = 100;
    private static final int NEEDLES = 1000;
    private static final String NEEDLE = "needle";
    private static final List<String> OPTIONS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");
    private static final String ROWS = "[...document.querySelectorAll('[role=rowgroup] [role=row]')]"
            + ".filter(row => row.querySelector('.bone-cell') === null).length > 10";

    private final Workspace workspace;
    private final int jobs;
    private final String address;
    private final Page page;

    private PageTimes(Workspace workspace, int jobs, String address, Page page) {
        this.workspace = workspace;
        this.jobs = jobs;
        this.address = address;
        this.page = page;
    }

    /**
     * Measures.
     *
     * @param arguments the folder, the number of jobs, the size of a log in bytes, and the printed address
     * @throws IOException if files cannot be written
     * @throws InterruptedException if this thread is interrupted
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Workspace workspace = Workspace.open(Path.of(arguments[0]));
        int jobs = Integer.parseInt(arguments[1]);
        try (Playwright playwright = Playwright.create(new Playwright.CreateOptions()
                        .setEnv(Map.of(
                                "PLAYWRIGHT_NODEJS_PATH", program("node"), "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
                Browser browser = playwright
                        .chromium()
                        .launch(new BrowserType.LaunchOptions()
                                .setExecutablePath(Path.of(program("chromium")))
                                .setArgs(OPTIONS))) {
            Page page = browser.newPage(new Browser.NewPageOptions().setViewportSize(1440, 900));
            page.setDefaultTimeout(120_000);
            try (InputStream script =
                    Objects.requireNonNull(PageTimes.class.getResourceAsStream("page-times.js"), "page-times.js")) {
                page.addInitScript(new String(script.readAllBytes(), StandardCharsets.UTF_8));
            }
            PageTimes times = new PageTimes(workspace, jobs, arguments[3], page);
            page.navigate(times.address);
            times.views();
            times.keys();
            times.updates();
            times.log(Long.parseLong(arguments[2]));
        }
    }

    private static String program(String name) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("There is no " + name + " on the PATH"))
                .toString();
    }

    private void views() {
        Map<String, String> views = new LinkedHashMap<>();
        views.put("/x/grid/latest", "document.querySelector('#main h1, #main h2') !== null");
        views.put("/jobs", "document.querySelectorAll('[role=treegrid] [role=rowgroup] [role=row]').length > 3");
        views.put("/jobs?by=", ROWS);
        views.put(
                "/table?q=type%3Dbench.task0&rows=tag7&metrics=metric0,metric1&over=tag0,tag1,tag2,tag3,tag4,tag5,tag6",
                "document.querySelectorAll('#main td').length > 4");
        views.put("/charts?metric=metric0&x=tag7", "document.querySelector('#main svg, #main canvas') !== null");
        views.put("/timeline", "document.querySelector('#main canvas, #main svg') !== null");
        views.put("/graph", "document.querySelector('#main svg') !== null");
        for (Map.Entry<String, String> view : views.entrySet()) {
            List<Double> paints = new ArrayList<>();
            List<Double> contents = new ArrayList<>();
            List<Double> tasks = new ArrayList<>();
            for (int i = 0; i < TIMES; i++) {
                page.navigate(origin() + view.getKey());
                contents.add(
                        number("measured.when(() => " + view.getValue() + ").then(at => at - performance.timeOrigin)"));
                page.waitForTimeout(500);
                paints.add(number("performance.getEntriesByName('first-contentful-paint')[0].startTime"));
                tasks.add(longestTask());
            }
            System.out.printf(
                    "%-50s first paint %s, content %s, longest task %s, %.0f elements%n",
                    view.getKey(),
                    text(paints),
                    text(contents),
                    text(tasks),
                    number("document.getElementsByTagName('*').length"));
        }
    }

    private void keys() {
        page.navigate(origin() + "/jobs?by=");
        number("measured.when(() => " + ROWS + ")");
        Locator filter = page.getByLabel("Filter jobs");
        filter.click();
        List<Double> delays = new ArrayList<>();
        page.evaluate("measured.tasks.length = 0");
        for (int i = 0; i < TIMES; i++) {
            filter.fill("tag7=");
            page.waitForTimeout(700);
            String before = String.valueOf(page.evaluate(FIRST_ROW));
            page.evaluate(
                    "before => { measured.seen = measured.when(() => { const now = " + FIRST_ROW
                            + "; return now !== '' && now !== before && document.querySelector('[aria-rowcount]').ariaRowCount < "
                            + jobs / 2 + "; }); }",
                    before);
            page.keyboard().press(Integer.toString(1 + i % 7));
            delays.add(number("measured.seen.then(at => at - measured.pressed)"));
            filter.fill("");
            page.waitForTimeout(700);
        }
        System.out.printf(
                "a key in the filter, until its rows are drawn: %s, longest task %.0f ms%n",
                text(delays), longestTask());

        page.evaluate("measured.tasks.length = 0");
        page.locator("[role=treegrid]").click();
        page.keyboard().press("End");
        page.waitForTimeout(1000);
        for (int i = 0; i < 50; i++) {
            page.keyboard().press("PageUp");
        }
        page.mouse().move(700, 500);
        for (int i = 0; i < 50; i++) {
            page.mouse().wheel(0, -4000);
            page.waitForTimeout(20);
        }
        page.waitForTimeout(500);
        System.out.printf(
                "moving through the rows: longest task %.0f ms, %.0f elements%n",
                longestTask(), number("document.getElementsByTagName('*').length"));
    }

    private void updates() throws IOException, InterruptedException {
        page.navigate(origin() + "/jobs?by=");
        number("measured.when(() => " + ROWS + ")");
        Map<String, List<Double>> delays = new LinkedHashMap<>();
        String counts = "document.querySelector('.state-counts').textContent";
        try (WorkspaceChanges changes = new WorkspaceChanges(workspace, jobs + 10_000, true)) {
            page.waitForTimeout(1000);
            for (int i = 0; i < TIMES; i++) {
                changes.make((kind, subject, step) -> {
                    boolean isSeen = List.of("its process begins", "it ends", "it is moved away", "it is moved back")
                            .contains(kind);
                    page.waitForTimeout(isSeen ? 700 : 50);
                    page.evaluate("() => { const before = " + counts + "; measured.seen = measured.when(() => " + counts
                            + " !== before); }");
                    step.make();
                    double made = System.currentTimeMillis();
                    if (isSeen) {
                        delays.computeIfAbsent(kind, key -> new ArrayList<>()).add(number("measured.seen") - made);
                    }
                });
            }
        }
        delays.forEach((kind, times) -> System.out.printf("%s, until it is drawn: %s%n", kind, text(times)));
    }

    private void log(long size) throws IOException {
        JobFolder job = ManyJobs.job(workspace, 0);
        long lines = size / LOG_LINE;
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(job.standardOutput(1)), 1 << 20)) {
            for (long i = 0; i < lines; i++) {
                String word = i % (lines / NEEDLES) == 1 && i / (lines / NEEDLES) < NEEDLES ? NEEDLE : "straw";
                out.write(("%-" + (LOG_LINE - 1) + "s\n")
                        .formatted(i + " " + word)
                        .getBytes(StandardCharsets.US_ASCII));
            }
        }
        String view = origin() + "/job/" + job.name() + "?stream=out";
        List<Double> opened = new ArrayList<>();
        for (int i = 0; i < TIMES; i++) {
            page.navigate(view);
            opened.add(number("measured.when(() => document.querySelectorAll('.log-lines li').length > 100)"
                    + ".then(at => at - performance.timeOrigin)"));
        }
        System.out.printf(
                "a log of %,d bytes, from the navigation until its end is drawn: first %.0f ms, then %s%n",
                size, opened.getFirst(), text(opened));
        page.getByLabel("Search in the whole log").first().fill(NEEDLE);
        page.keyboard().press("Enter");
        double found = number("measured.when(() => /^\\d[\\d,]* (found|of [\\d,]+)$/.test("
                + "document.querySelector('.log-find [role=status]').textContent)).then(at => at - measured.pressed)");
        System.out.printf(
                "searched whole: %.0f ms, says \"%s\" of %,d%n",
                found, page.locator(".log-find [role=status]").textContent(), NEEDLES);
    }

    private static final String FIRST_ROW = "(document.querySelector('[role=rowgroup] [role=row]')?.textContent ?? '')";

    private String origin() {
        return address.replaceFirst("(https?://[^/]+).*", "$1");
    }

    private double number(String expression) {
        return ((Number) page.evaluate(expression)).doubleValue();
    }

    private double longestTask() {
        return number("Math.max(0, ...measured.tasks)");
    }

    private static String text(List<Double> millis) {
        List<Double> sorted = millis.stream().sorted().toList();
        return "%.0f ms (most %.0f)".formatted(sorted.get(sorted.size() / 2), sorted.getLast());
    }
}
