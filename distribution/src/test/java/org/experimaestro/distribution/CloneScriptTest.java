package org.experimaestro.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.experimaestro.distribution.Scripts.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./experimaestro} in a clone whose {@code mvnw} only notes that it was called and makes what a build makes. */
class CloneScriptTest {
    private static final String BUILDING = "Building Experimaestro";

    @TempDir
    private Path folder;

    private final Map<String, String> environment = new HashMap<>();
    private Path clone;
    private Path source;
    private Path lib;
    private Path lock;

    @BeforeEach
    void cloneRepository() throws IOException {
        clone = Files.createDirectories(folder.resolve("a clone")).toRealPath();
        source = clone.resolve("api/src/main/java/A.java");
        lib = clone.resolve("distribution/target/experimaestro/lib");
        lock = clone.resolve("target/experimaestro-build.lock");
        environment.put("PATH", Scripts.toolsIn(folder.resolve("tools")).toString());
        environment.put(
                "EXPERIMAESTRO_JAVA_HOME",
                Scripts.jdk(folder.resolve("jdk"), "25").toString());
        Scripts.copy(Scripts.ROOT.resolve("experimaestro"), clone.resolve("experimaestro"));
        Scripts.copy(Scripts.ROOT.resolve(Scripts.LOCALE), clone.resolve(Scripts.LOCALE));
        Scripts.copy(
                Scripts.SOURCES.resolve("find-jdk.sh"), clone.resolve("distribution/src/main/scripts/find-jdk.sh"));
        Files.createDirectories(source.getParent());
        for (var file : List.of("pom.xml", "api/pom.xml", ".mvn/jvm.config", "api/src/main/java/A.java")) {
            Files.createDirectories(clone.resolve(file).getParent());
            Files.createFile(clone.resolve(file));
        }
        mavenDoes("");
    }

    @Test
    void experimaestro_neverBuilt_buildsAndRuns() throws IOException {
        var outcome = run("run-experiment", "a plan.yaml");

        assertThat(outcome)
                .isEqualTo(new Outcome(
                        0,
                        "run-experiment\na plan.yaml\n",
                        "Building Experimaestro (first run, a minute or more) …\n"));
        assertThat(builds())
                .containsExactly(
                        "-q -B -P unchecked -Djdk17.home= -Ddistribution.skipArchives=true package -pl distribution -am");
        assertThat(Files.isSymbolicLink(lock)).isFalse();
    }

    @Test
    void experimaestro_builtAfterTheSources_onlyRuns() throws IOException {
        build();

        assertThat(run("--help")).isEqualTo(new Outcome(0, "--help\n", ""));
        assertThat(builds()).hasSize(1);
    }

    @Test
    void experimaestro_sourceChanged_buildsAgain() throws IOException {
        build();
        setTime(source, Instant.now().plus(Duration.ofMinutes(1)));

        assertThat(run("--help").err()).isEqualTo("Building Experimaestro (its sources changed) …\n");
    }

    @Test
    void experimaestro_sourceRemoved_buildsAgain() throws IOException {
        build();
        setTime(lib, Instant.now().minus(Duration.ofMinutes(1)));
        makeSourcesOlderThan(Duration.ofHours(1));
        assertThat(run("--help").err()).isEmpty();

        Files.delete(source);

        assertThat(run("--help").err()).contains(BUILDING);
    }

    @Test
    void experimaestro_sourceChangedDuringTheBuild_buildsAgainNextTime() throws IOException {
        // Until it is newer than the start: the clock of files ticks some hundred times a second only.
        mavenDoes("until [ -n \"$(find '%s' -newer target/experimaestro-build.started)\" ]; do touch '%s'; done"
                .formatted(source, source));
        setTime(source, Instant.now().minus(Duration.ofHours(1)));
        build();
        mavenDoes("");

        assertThat(run("--help").err()).contains(BUILDING);
    }

    @Test
    void experimaestro_calledThroughLinkFromElsewhere_findsItsClone() throws IOException {
        build();
        var bin = Files.createDirectories(folder.resolve("my bin"));
        Files.createSymbolicLink(bin.resolve("absolute"), clone.resolve("experimaestro"));
        Files.createSymbolicLink(bin.resolve("relative"), Path.of("absolute"));

        assertThat(Scripts.run(bin, environment, bin.resolve("relative").toString(), "--help")
                        .out())
                .isEqualTo("--help\n");
        assertThat(Scripts.run(clone, environment, "sh", "experimaestro", "--help")
                        .out())
                .isEqualTo("--help\n");
    }

    @Test
    void experimaestro_buildFails_showsWhatMavenSaidAndRunsNothing() throws IOException {
        mavenDoes("echo 'A.java:3: not a statement'; exit 1");

        var outcome = run("--help");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).contains("A.java:3: not a statement", "Experimaestro could not be built");
        assertThat(Files.isSymbolicLink(lock)).isFalse();
    }

    @Test
    void experimaestro_noSuitableJdk_explainsAndBuildsNothing() throws IOException {
        environment.put(
                "EXPERIMAESTRO_JAVA_HOME",
                Scripts.jdk(folder.resolve("old"), "17").toString());

        var outcome = run("--help");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).startsWith("Experimaestro cannot start").doesNotContain(BUILDING);
        assertThat(clone.resolve("builds")).doesNotExist();
    }

    @Test
    void experimaestro_startedSeveralTimesAtOnce_buildsOnce() throws IOException {
        // The build lasts until all have been started, so that each finds it missing or running.
        var go = folder.resolve("go");
        mavenDoes("until [ -e '" + go + "' ]; do sleep 0.05; done");
        var running = new Scripts.Running[4];
        for (var i = 0; i < running.length; i++) {
            running[i] = Scripts.start(
                    clone, environment, clone.resolve("experimaestro").toString(), "--help");
        }
        Files.createFile(go);

        for (var each : running) {
            assertThat(Scripts.finish(each).out()).isEqualTo("--help\n");
        }
        assertThat(builds()).hasSize(1);
    }

    @Test
    void experimaestro_lockOfDeadProcess_isTakenOver() throws IOException {
        leaveLock(deadProcess() + " " + hostName() + " 1");

        assertThat(run("--help").out()).isEqualTo("--help\n");
        assertThat(builds()).hasSize(1);
        assertThat(Files.isSymbolicLink(lock)).isFalse();
    }

    @Test
    void experimaestro_severalMeetTheLockOfADeadProcess_buildOnce() throws IOException {
        leaveLock(deadProcess() + " " + hostName() + " 1");
        var running = new Scripts.Running[4];
        for (var i = 0; i < running.length; i++) {
            running[i] = Scripts.start(
                    clone, environment, clone.resolve("experimaestro").toString(), "--help");
        }

        for (var each : running) {
            assertThat(Scripts.finish(each).out()).isEqualTo("--help\n");
        }
        assertThat(builds()).hasSize(1);
    }

    @Test
    void experimaestro_lockOfLivingProcess_isWaitedFor() throws Exception {
        leaveLock(ProcessHandle.current().pid() + " " + hostName() + " 1");
        var running =
                Scripts.start(clone, environment, clone.resolve("experimaestro").toString(), "--help");
        while (running.process().isAlive() && !Files.readString(running.err()).contains("\n")) {
            Thread.onSpinWait();
        }
        assertThat(clone.resolve("builds")).doesNotExist();

        Files.delete(lock);

        var outcome = Scripts.finish(running);
        assertThat(outcome.err()).contains("Waiting for another build of this clone", "remove " + lock, BUILDING);
        assertThat(outcome.out()).isEqualTo("--help\n");
    }

    /** A stand-in for Maven: notes its arguments, then {@code action}, then makes the folder that the module makes. */
    private void mavenDoes(String action) throws IOException {
        var built = "distribution/target/experimaestro";
        Scripts.program(clone.resolve("mvnw"), """
                echo "$*" >>builds
                %s
                rm -rf %s
                mkdir -p %s/bin %s/lib/processor
                printf '%%s\\n' '#!/bin/sh' 'printf "%%s\\\\n" "$@"' >%s/bin/experimaestro
                chmod +x %s/bin/experimaestro
                """.formatted(action, built, built, built, built, built));
    }

    private void build() throws IOException {
        assertThat(run("--help").err()).contains(BUILDING);
        assertThat(builds()).hasSize(1);
    }

    private List<String> builds() throws IOException {
        return Files.readAllLines(clone.resolve("builds"));
    }

    private void makeSourcesOlderThan(Duration age) throws IOException {
        try (var files = Files.walk(clone)) {
            for (var file : files.filter(file -> !file.startsWith(clone.resolve("distribution/target")))
                    .toList()) {
                setTime(file, Instant.now().minus(age));
            }
        }
    }

    private void leaveLock(String owner) throws IOException {
        Files.createDirectories(lock.getParent());
        Files.createSymbolicLink(lock, Path.of(owner));
    }

    private long deadProcess() throws IOException {
        var running = Scripts.start(folder, environment, "sh", "-c", "exit 0");
        Scripts.finish(running);
        return running.process().pid();
    }

    private String hostName() throws IOException {
        return Scripts.run(folder, environment, "uname", "-n").out().strip();
    }

    private static void setTime(Path file, Instant time) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(time));
    }

    private Outcome run(String... arguments) throws IOException {
        var command = new String[arguments.length + 1];
        command[0] = clone.resolve("experimaestro").toString();
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        return Scripts.run(folder, environment, command);
    }
}
