package org.experimaestro.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.experimaestro.Config;
import org.experimaestro.ConfigException;
import org.experimaestro.Experiment;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.Outcome;
import org.experimaestro.SelfTask;
import org.experimaestro.trial.Lab;
import org.experimaestro.trial.Sources;
import org.experimaestro.trial.Written;
import org.experimaestro.workspace.FailureCause;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The project is built again while its jobs wait. */
@Tag("thorough")
@Timeout(120)
final class RebuildTest {
    @TempDir
    Path folder;

    private Lab lab;
    private Path classes;
    private URLClassLoader loader;

    @BeforeEach
    void setUp() throws Exception {
        classes = folder.resolve("classes");
        Sources.compileSay("old", 1, classes);
        lab = new Lab(folder).classPath(List.of(classes, Lab.testClasses()));
        loader = new URLClassLoader(
                new URL[] {classes.toUri().toURL()}, getClass().getClassLoader());
        loader.loadClass("rebuilt.Say"); // before the class file changes
    }

    @AfterEach
    void tearDown() throws Exception {
        lab.close();
        loader.close();
    }

    @SuppressWarnings("unchecked") // of a class that is compiled here
    private <T extends SelfTask<T>> Config<T> say(Experiment xp, List<Config<Written>> inputs) throws Exception {
        Class<T> type = (Class<T>) loader.loadClass("rebuilt.Say");
        return xp.submit(Config.builder(type).set("inputs", inputs).build());
    }

    private ExperimentPlan<String> plan() {
        return (xp, settings) -> say(xp, List.of(xp.submit(lab.step("a"))));
    }

    @Test
    void rebuild_whileAJobWaits_runsTheOldCode() throws Exception {
        lab.control().hold("a");
        CompletableFuture<RunResult> run = lab.start(plan());
        lab.control().awaitExecution("a");
        Sources.compileSay("new", 1, classes);
        lab.control().release("a");

        assertThat(run.get().outcome()).isEqualTo(Outcome.DONE);
        assertThat(lab.job("rebuilt.say").path().resolve("said.txt")).hasContent("old");
    }

    @Test
    void rebuild_whileAJobWaitsForAnotherRunsJob_runsTheOldCode() throws Exception {
        lab.control().hold("a");
        CompletableFuture<RunResult> first = lab.start((xp, settings) -> xp.submit(lab.step("a")));
        lab.control().awaitExecution("a");
        RunResult second = lab.run((xp, settings) -> {
            plan().run(xp, settings);
            Sources.compileSay("new", 1, classes);
            lab.control().release("a");
        });

        assertThat(first.get().outcome()).isEqualTo(Outcome.DONE);
        assertThat(second.outcome()).isEqualTo(Outcome.DONE);
        assertThat(lab.job("rebuilt.say").path().resolve("said.txt")).hasContent("old");
    }

    @Test
    void rebuild_inTheNextRunOfAFailedJob_runsTheNewCode() throws Exception {
        lab.control().fail("a");
        lab.run(plan());
        lab.control().mend("a");
        Sources.compileSay("new", 1, classes);

        assertThat(lab.run(plan()).outcome()).isEqualTo(Outcome.DONE);
        assertThat(lab.job("rebuilt.say").path().resolve("said.txt")).hasContent("new");
    }

    @Test
    void start_classThatGivesAnotherIdentifier_isReportedAndNotRun() throws Exception {
        Sources.compileSay("new", 2, classes); // the plan's loader has version 1
        RunResult result = lab.run(plan());

        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        RunAccount.Job failure = result.failures().get(0);
        assertThat(failure.status().findCause()).contains(FailureCause.WRONG_PARAMETERS);
        assertThat(failure.status().message()).contains("params.json", "not of this job");
        assertThat(Files.exists(failure.task().folder().path().resolve("said.txt")))
                .isFalse();
    }

    @Test
    @SuppressWarnings("unchecked") // of a class that is compiled here
    <T extends SelfTask<T>> void submit_typeIdTwiceOnTheClassPath_namesClassesAndPlaces() throws Exception {
        Path other = folder.resolve("other/META-INF/experimaestro/types");
        Files.createDirectories(other);
        Files.writeString(other.resolve("rebuilt.say.json"), "{\"class\": \"elsewhere.Say\"}");
        URL[] classPath = {
            classes.toUri().toURL(), folder.resolve("other").toUri().toURL()
        };
        try (URLClassLoader both = new URLClassLoader(classPath, getClass().getClassLoader())) {
            Class<T> type = (Class<T>) both.loadClass("rebuilt.Say");
            assertThatThrownBy(() -> lab.run((xp, settings) -> xp.submit(
                            Config.builder(type).set("inputs", List.of()).build())))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContainingAll("rebuilt.say", "elsewhere.Say", "rebuilt.Say", "other/META-INF");
        }
    }
}
