package org.experimaestro.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.experimaestro.base.process.JobVariables;
import org.experimaestro.core.json.Json;
import org.experimaestro.core.json.JsonObject;
import org.experimaestro.trial.Driver;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the environment of a plan's process does to its jobs on this machine. */
@Timeout(120)
@EnabledOnOs(OS.LINUX)
@Tag("thorough")
final class DriverEnvironmentTest extends LabFixture {
    @Test
    void rankVariables_areNotThoseOfTheJobs() {
        Map<String, String> ranks = new HashMap<>();
        JobVariables.RANKS.forEach(name -> ranks.put(name, "1"));
        assertThat(run(ranks, "a", "b")).isZero();
        assertThat(lab.control().executions()).containsExactly("a", "b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "LC_ALL=C",
                "LC_ALL=POSIX",
                "LC_CTYPE=C",
                "LANG=C",
                "LANG=",
                "LC_ALL=xx_XX.UTF-8",
                "LANG=xx_XX.UTF-8",
                "LC_MESSAGES=xx_XX"
            })
    void locale_thatIsNotUtf8_isForTheJobs(String variable) throws Exception {
        String[] pair = variable.split("=", 2);
        Map<String, String> environment = new HashMap<>(Map.of("LC_ALL", "", "LC_CTYPE", "", "LANG", ""));
        environment.put(pair[0], pair[1]);
        lab.control().hold("a");
        try (Driver driver = Driver.start(lab, environment, "a")) {
            lab.control().awaitExecution("a");
            Map<String, String> ofTheJob = environmentOfTheJob();
            lab.control().release("a");
            assertThat(driver.exitCode()).isZero();
            assertThat(settings(ofTheJob)).contains("sun.jnu.encoding = UTF-8", "native.encoding = UTF-8");
            assertThat(settings(environment)).contains("sun.jnu.encoding = ANSI_X3.4-1968");
        }
    }

    private int run(Map<String, String> environment, String... steps) {
        try (Driver driver = Driver.start(lab, environment, steps)) {
            return driver.exitCode();
        }
    }

    private Map<String, String> environmentOfTheJob() throws IOException {
        Path process;
        try (Stream<Path> files = Files.walk(lab.workspace().resolve("jobs"))) {
            process = files.filter(file -> file.endsWith("process-1.json"))
                    .findAny()
                    .orElseThrow();
        }
        long pid = JsonObject.of(Json.parse(Files.readAllBytes(process)), process.toString())
                .object("process")
                .integer("pid");
        Map<String, String> environment = new HashMap<>();
        for (String variable : Files.readString(Path.of("/proc", Long.toString(pid), "environ"))
                .split("\0")) {
            int equals = variable.indexOf('=');
            environment.put(variable.substring(0, equals), variable.substring(equals + 1));
        }
        return environment;
    }

    /** What a JVM makes of an environment. */
    private static String settings(Map<String, String> environment) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder builder =
                new ProcessBuilder(java, "-XshowSettings:properties", "-version").redirectErrorStream(true);
        builder.environment().putAll(environment);
        try (InputStream output = builder.start().getInputStream()) {
            return new String(output.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
