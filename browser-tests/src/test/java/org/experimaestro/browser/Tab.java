package org.experimaestro.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Tracing;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.experimaestro.disturbance.program.Await;

/**
 * A tab of a browser without a past. A test fails when the page has written an error to the console, violated its policy, or
 * asked another host than its own.
 */
final class Tab implements AutoCloseable {
    /** How long anything may take to be seen, in milliseconds: it only ends a test that hangs. */
    static final double PATIENCE = 60_000;

    private final BrowserContext context;
    private final Page page;
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private Pattern expected = Pattern.compile("(?!)");

    private Tab(BrowserContext context) {
        this.context = context;
        context.setDefaultTimeout(PATIENCE);
        context.tracing().start(new Tracing.StartOptions().setScreenshots(true).setSnapshots(true));
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
        page = context.newPage();
        context.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                complaints.add("console: " + message.text());
            }
        });
        context.onWebError(error -> complaints.add("exception: " + error.error()));
        context.onRequest(request -> {
            URI address = URI.create(request.url().replaceAll("[\\[\\]|{}^`\" ].*", ""));
            if (!"blob".equals(address.getScheme())
                    && !"data".equals(address.getScheme())
                    && !"127.0.0.1".equals(address.getHost())) {
                complaints.add("request to another host: " + request.url());
            }
        });
    }

    static Tab of(Browser browser) {
        return new Tab(browser.newContext(new Browser.NewContextOptions().setViewportSize(1440, 900)));
    }

    /** Returns the page, for what only one test does. */
    Page page() {
        return page;
    }

    /** Opens the page of a server by the printed address. */
    Tab open(Monitor monitor) {
        page.navigate(monitor.address());
        return this;
    }

    /** Opens a view of a server whose printed address was opened before. */
    Tab open(Monitor monitor, String path) {
        page.navigate(monitor.view(path));
        return this;
    }

    /** Presses keys, one after the other, named as the browser does, with spaces between them. */
    Tab press(String keys) {
        for (String key : keys.split(" ")) {
            page.keyboard().press(key);
        }
        return this;
    }

    /** Presses keys of a sequence until they have led to an address: a sequence expires while the machine is busy. */
    Tab go(String keys, String address) {
        Await.until("an address that ends with " + address, Duration.ofMillis((long) PATIENCE), () -> {
            press(keys);
            return page.url().matches(".*" + address);
        });
        return this;
    }

    /** Types text where the cursor is. */
    Tab type(String text) {
        page.keyboard().type(text);
        return this;
    }

    /** Waits until a text is seen in the content of the page. */
    Tab see(String text) {
        PlaywrightAssertions.assertThat(page.locator("#main").getByText(text).first())
                .isVisible();
        return this;
    }

    /** Waits until a text is seen in the content no more. */
    Tab miss(String text) {
        PlaywrightAssertions.assertThat(page.locator("#main").getByText(text)).hasCount(0);
        return this;
    }

    /** Waits until a state has a number, in the counts above the content. */
    Tab count(String state, int number) {
        PlaywrightAssertions.assertThat(page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions()
                                .setName(String.format(Locale.ROOT, "%,d %s", number, state))
                                .setExact(true)))
                .isVisible();
        return this;
    }

    /** Waits until nothing is being read any more. */
    Tab settle() {
        PlaywrightAssertions.assertThat(page.locator("#main > *").first()).isVisible();
        PlaywrightAssertions.assertThat(page.locator("#main [role=status].reading"))
                .hasCount(0);
        return this;
    }

    /** Returns what has a role and a name. */
    Locator role(AriaRole role, String name) {
        return page.getByRole(role, new Page.GetByRoleOptions().setName(name)).first();
    }

    /** Returns the number of elements of the page. */
    int elements() {
        return (int) page.evaluate("document.getElementsByTagName('*').length");
    }

    /** Says which complaints are the subject of the test. */
    Tab expect(String pattern) {
        expected = Pattern.compile(pattern);
        return this;
    }

    /** Checks the page that is shown for barriers, in both themes. */
    void checkAccess() {
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
            List<Rule> violations =
                    new AxeBuilder(page).setLegacyMode(true).analyze().getViolations();
            List<String> told = violations.stream()
                    .map(rule -> rule.getId() + ": "
                            + rule.getNodes().stream()
                                    .limit(3)
                                    .map(node -> node.getHtml() + " " + node.getFailureSummary())
                                    .toList())
                    .toList();
            assertThat(told).as("barriers at " + page.url() + ", " + scheme).isEmpty();
        }
    }

    boolean hasComplaints() {
        return !told().isEmpty();
    }

    /** Fails when the page has complained of what the test does not expect. */
    void checkComplaints() {
        assertThat(told()).as("complaints of the page").isEmpty();
    }

    private List<String> told() {
        return complaints.stream().filter(one -> !expected.matcher(one).find()).toList();
    }

    /** Keeps a picture and the trace. */
    void keep(Path folder, String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(folder.resolve(name + ".png")));
        context.tracing().stop(new Tracing.StopOptions().setPath(folder.resolve(name + ".zip")));
    }

    @Override
    public void close() {
        context.close();
    }
}
