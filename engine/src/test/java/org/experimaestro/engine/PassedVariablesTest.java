package org.experimaestro.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.experimaestro.LaunchException;
import org.experimaestro.Launcher;
import org.experimaestro.Outcome;
import org.experimaestro.RunMode;
import org.experimaestro.base.process.EnvironmentVariable;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.Placement;
import org.experimaestro.trial.Driver;
import org.experimaestro.trial.Lab;
import org.experimaestro.trial.TestLaunchers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Variables that jobs have from the plan's process, by their names. */
@Tag("thorough")
@Timeout(120)
@EnabledOnOs(OS.LINUX)
final class PassedVariablesTest {
    @TempDir
    Path folder;

    private Lab lab;

    @BeforeEach
    void setUp() {
        lab = new Lab(folder);
    }

    @AfterEach
    void tearDown() {
        lab.close();
    }

    @Test
    void run_variablesThatAreNotSet_areToldAllAtOnceBeforeThePlanRuns() {
        lab.environment("XPM_ABSENT", EnvironmentVariable.PASSED);
        lab.environment("XPM_MISSING", EnvironmentVariable.PASSED);
        lab.environment("HOME", EnvironmentVariable.PASSED);
        assertThatThrownBy(() -> lab.run((xp, settings) -> {
                    throw new AssertionError("The plan has run");
                }))
                .isInstanceOf(LaunchException.class)
                .hasMessageContaining("not set here: XPM_ABSENT, XPM_MISSING")
                .hasMessageContaining("export XPM_ABSENT=");
    }

    @Test
    void submit_variableThatIsNotSet_isAnErrorOfThePlan() {
        assertThatThrownBy(() -> lab.run((xp, settings) ->
                        xp.submit(lab.step("a"), Launcher.local().pass("XPM_ABSENT"))))
                .isInstanceOf(LaunchException.class)
                .hasMessageContaining("not set here: XPM_ABSENT");
        assertThat(lab.control().executions()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = RunMode.class,
            names = {"DRY_RUN", "GENERATE"})
    void run_thatStartsNoJobs_needsNoVariables(RunMode mode) throws InterruptedException {
        lab.environment("XPM_ABSENT", EnvironmentVariable.PASSED);
        RunResult result = lab.run(
                mode,
                (xp, settings) -> xp.submit(lab.step("a"), Launcher.local().pass("XPM_MISSING")));
        assertThat(result.total()).isEqualTo(1);
    }

    @Test
    void run_variableThatIsSet_isThatOfTheJob_alsoIfANarrowerPlacePassesIt() throws Exception {
        lab.environment("HOME", "of the experiment");
        lab.control().hold("a");
        CompletableFuture<RunResult> run = lab.start(
                (xp, settings) -> xp.submit(lab.step("a"), Launcher.local().pass("HOME")));
        lab.control().awaitExecution("a");
        assertThat(environments()).contains("HOME=" + System.getenv("HOME"));
        lab.control().release("a");
        assertThat(run.get().outcome()).isEqualTo(Outcome.DONE);
    }

    @Test
    void run_variableOfSeveralPlaces_isThatOfTheNarrowestAndAHookIsTheLast() throws Exception {
        LauncherDefinition plain = LauncherDefinition.local();
        SortedMap<String, String> ofTheFile = new TreeMap<>(
                Map.of("XPM_1", "file", "XPM_2", "file", "XPM_3", "file", "XPM_4", "file", "HOME", "file"));
        LauncherDefinition launcher = new LauncherDefinition(
                plain.name(),
                plain.type(),
                plain.connector(),
                plain.capacity(),
                plain.limit(),
                ofTheFile,
                plain.java(),
                plain.jdks(),
                plain.niceness(),
                plain.options(),
                plain.directives());
        lab.launchers(TestLaunchers.finder(
                launcher,
                request -> Placement.on(launcher, request).toBuilder()
                        .env("XPM_4", "hook")
                        .env("HOME", EnvironmentVariable.PASSED)
                        .build()));
        List.of("XPM_2", "XPM_3", "XPM_4").forEach(name -> lab.environment(name, "experiment"));
        lab.control().hold("a");
        CompletableFuture<RunResult> run = lab.start((xp, settings) -> xp.submit(
                lab.step("a"),
                Launcher.local().env("XPM_3", "plan").env("XPM_4", "plan").env("HOME", "plan")));
        lab.control().awaitExecution("a");
        assertThat(environments().lines())
                .contains(
                        "XPM_1=file", "XPM_2=experiment", "XPM_3=plan", "XPM_4=hook", "HOME=" + System.getenv("HOME"));
        lab.control().release("a");
        assertThat(run.get().outcome()).isEqualTo(Outcome.DONE);
    }

    @Test
    void run_secretOfThePlan_isInNoCommandLineAndNoFile() throws Exception {
        String secret = "secret-of-" + folder.getFileName();
        lab.control().hold("a");
        try (Driver driver = Driver.start(lab, Map.of("XPM_TOKEN", secret), "a")) {
            lab.control().awaitExecution("a");
            assertThat(commandLines()).noneMatch(line -> line.contains(secret));
            lab.control().release("a");
            assertThat(driver.exitCode()).isZero();
        }
        assertThat(files()).noneMatch(text -> text.contains(secret));
    }

    /** The environments of the processes in the folder of the test. */
    private String environments() throws IOException {
        StringBuilder environments = new StringBuilder();
        for (Path process : processes()) {
            if (isHere(process.resolve("cwd"))) {
                environments.append(read(process.resolve("environ")).replace('\0', '\n'));
            }
        }
        return environments.toString();
    }

    private boolean isHere(Path link) {
        try {
            return Files.readSymbolicLink(link).startsWith(folder);
        } catch (IOException gone) {
            return false;
        }
    }

    private static List<String> commandLines() throws IOException {
        return processes().stream()
                .map(process -> read(process.resolve("cmdline")))
                .toList();
    }

    private static List<Path> processes() throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc"))) {
            return all.filter(each -> each.getFileName().toString().matches("\\d+"))
                    .toList();
        }
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder.resolve("workspace"))) {
            return all.filter(Files::isRegularFile)
                    .map(PassedVariablesTest::read)
                    .toList();
        }
    }

    /** Empty if it has gone, or is another user's. */
    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }
}
