package org.experimaestro.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.experimaestro.disturbance.program.Wish;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives each test that has a parameter {@link Tab} a tab of its own; all of them share one browser, which ends after the last
 * test. A test that fails leaves a picture and a trace below {@code target/browser}.
 */
final class Chromium implements BeforeAllCallback, ParameterResolver, AfterTestExecutionCallback {
    /** The system property by which these tests are asked for. */
    static final String PROPERTY = "browser.tests";

    private static final Namespace NAMESPACE = Namespace.create(Chromium.class);
    private static final Path FAILURES = Path.of("target", "browser").toAbsolutePath();
    private static final List<String> OPTIONS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    @Override
    public void beforeAll(ExtensionContext context) {
        Wish wish = Wish.ofThisBuild(PROPERTY);
        Assumptions.assumeTrue(
                wish != Wish.OFF,
                "A browser is started only when asked for: ./mvnw verify -D" + PROPERTY + "=required does");
        if (wish == Wish.WANTED) {
            Assumptions.assumeTrue(findProgram("chromium") != null, "Skipped, since this machine has no chromium");
            Assumptions.assumeTrue(findProgram("node") != null, "Skipped, since this machine has no node");
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Tab.class;
    }

    @Override
    public Tab resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Shared shared = context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(Shared.class, key -> Shared.start(), Shared.class);
        return context.getStore(NAMESPACE).computeIfAbsent(Tab.class, key -> Tab.of(shared.browser()), Tab.class);
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        Tab tab = context.getStore(NAMESPACE).get(Tab.class, Tab.class);
        if (tab == null) {
            return;
        }
        String name = context.getRequiredTestClass().getSimpleName() + "."
                + context.getRequiredTestMethod().getName();
        if (context.getExecutionException().isPresent() || tab.hasComplaints()) {
            tab.keep(FAILURES, name);
        }
        if (context.getExecutionException().isEmpty()) {
            tab.checkComplaints();
        }
    }

    /** The browser of all tests. JUnit closes it after the last one. */
    private record Shared(Playwright playwright, Browser browser) implements AutoCloseable {
        static Shared start() {
            Playwright playwright = Playwright.create(new Playwright.CreateOptions()
                    .setEnv(Map.of(
                            "PLAYWRIGHT_NODEJS_PATH", program("node"), "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
            Browser browser = playwright
                    .chromium()
                    .launch(new BrowserType.LaunchOptions()
                            .setExecutablePath(Path.of(program("chromium")))
                            .setArgs(OPTIONS));
            return new Shared(playwright, browser);
        }

        @Override
        public void close() {
            playwright.close();
        }
    }

    private static String program(String name) {
        Path found = findProgram(name);
        if (found == null) {
            throw new IllegalStateException(
                    "There is no " + name + " on the PATH; on Debian, apt-get install chromium nodejs"
                            + " installs what the tests in a browser need");
        }
        return found.toString();
    }

    private static Path findProgram(String name) {
        Stream<String> folders = Arrays.stream(System.getenv("PATH").split(File.pathSeparator));
        return folders.map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
    }
}
