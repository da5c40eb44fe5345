package org.experimaestro.engine.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.experimaestro.Config;
import org.experimaestro.Isolation;
import org.experimaestro.Launcher;
import org.experimaestro.Outcome;
import org.experimaestro.engine.RunResult;
import org.experimaestro.engine.SubmittedTask;
import org.experimaestro.trial.Lab;
import org.experimaestro.trial.Seeks;
import org.experimaestro.trial.Sources;
import org.experimaestro.workspace.AttemptRecord;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.JobFolder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Tasks of workers whose classes are looked for by other classes than theirs. The workers are real processes. */
@Tag("thorough")
@Timeout(120)
@EnabledOnOs(OS.LINUX)
final class WorkerCodeTest {
    private static final String BY_NAME = """
            package lent;
            public class Finder {
              public static Class<?> find(String name) throws Exception { return Class.forName(name); }
            }
            """;

    @TempDir
    Path folder;

    private Lab lab;

    @BeforeEach
    void setUp() {
        lab = new Lab(folder).isolation(Isolation.WORKER).slots(1);
    }

    @AfterEach
    void tearDown() {
        lab.close();
    }

    private void library(String source) throws IOException {
        Sources.compile("Finder", source, folder.resolve("lent"));
        Path jar = Jars.pack(folder.resolve("lent"), folder.resolve("lent.jar"));
        lab.classPath(List.of(Lab.testClasses(), jar));
    }

    private static Config<Seeks> seeks(String name, Seeks.Way way) {
        return Config.builder(Seeks.class).set("name", name).set("way", way).build();
    }

    private RunResult run(Seeks.Way way, int count) throws InterruptedException {
        return lab.run((xp, settings) -> {
            for (int i = 0; i < count; i++) {
                xp.submit(seeks("s" + i, way));
            }
        });
    }

    /** The records of all attempts of a job of the last run. */
    private static List<AttemptRecord> attempts(SubmittedTask task) {
        JobFolder job = task.folder();
        return IntStream.rangeClosed(1, job.status().lastAttempt().orElseThrow())
                .mapToObj(number -> job.attempt(number).record())
                .toList();
    }

    @Test
    void libraryThatLooksForAClassByName_hasItsJobsRunAgainInProcesses() throws Exception {
        library(BY_NAME);

        RunResult result = run(Seeks.Way.LIBRARY, 3);

        assertThat(result.outcome()).isEqualTo(Outcome.DONE);
        List<SubmittedTask> tasks = lab.recorder().submitted();
        int repeated = 0;
        for (SubmittedTask task : tasks) {
            List<AttemptRecord> attempts = attempts(task);
            assertThat(attempts.getLast().findWorker()).isEmpty();
            assertThat(attempts.getLast().origin().isInWorker()).isFalse();
            if (attempts.size() == 2) {
                repeated++;
                assertThat(attempts.getFirst().origin().isInWorker()).isTrue();
                assertThat(attempts.getFirst().findCause()).contains(FailureCause.EXCEPTION);
                assertThat(attempts.getLast().origin().retry())
                        .isEqualTo("in a process of its own, because a library in its worker did not see a class of the"
                                + " plan");
            }
        }
        assertThat(repeated).isEqualTo(1);
        assertThat(lab.recorder().notices())
                .containsExactly("Jobs of trial.seeks run in processes of their own from now on, and those that have"
                        + " failed for it run again: a library, whose classes all tasks of a worker share, looks for"
                        + " classes of the plan");
    }

    @Test
    void libraryThatLooksForAnAbsentClass_failsOnce() throws Exception {
        library(BY_NAME.replace("(name)", "(name + \"Absent\")"));

        assertThat(run(Seeks.Way.LIBRARY, 1).outcome()).isEqualTo(Outcome.FAILED);

        assertThat(attempts(lab.recorder().submitted().getFirst())).hasSize(1);
    }

    @Test
    void libraryThatRefersToAClassOfThePlan_isNewForEachTask() throws Exception {
        library(BY_NAME.replace("class Finder {", "class Finder {\n  org.experimaestro.trial.Seeks seen;"));

        assertThat(run(Seeks.Way.LIBRARY, 3).outcome()).isEqualTo(Outcome.DONE);

        for (SubmittedTask task : lab.recorder().submitted()) {
            assertThat(attempts(task))
                    .singleElement()
                    .satisfies(attempt -> assertThat(attempt.findWorker()).isPresent());
        }
        assertThat(lab.recorder().notices()).isEmpty();
    }

    @Test
    void systemClassLoader_seesTheClassesOfTheTask() throws Exception {
        assertThat(run(Seeks.Way.SYSTEM, 2).outcome()).isEqualTo(Outcome.DONE);
        assertAllInWorkers();
    }

    @Test
    void commonPool_seesTheClassesOfTheTask() throws Exception {
        assertThat(run(Seeks.Way.COMMON_POOL, 2).outcome()).isEqualTo(Outcome.DONE);
        assertAllInWorkers();
    }

    private void assertAllInWorkers() {
        for (SubmittedTask task : lab.recorder().submitted()) {
            assertThat(attempts(task))
                    .singleElement()
                    .satisfies(attempt -> assertThat(attempt.findWorker()).isPresent());
        }
    }

    @Test
    void otherKindsOfJobs_keepNoMoreWorkersThanTwiceTheJobs() throws Exception {
        RunResult result = lab.run((xp, settings) -> {
            for (int i = 0; i < 5; i++) {
                xp.await(xp.submit(lab.step("a" + i), Launcher.local().env("INDEX", Integer.toString(i))));
                assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive))
                        .hasSizeBetween(1, 2);
            }
        });

        assertThat(result.outcome()).isEqualTo(Outcome.DONE);
        assertThat(result.executed()).isEqualTo(5);
    }
}
