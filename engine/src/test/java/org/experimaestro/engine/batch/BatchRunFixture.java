package org.experimaestro.engine.batch;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.spi.BatchStatus;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.trial.Lab;
import org.experimaestro.trial.Poll;
import org.experimaestro.trial.TestBatchSystem;
import org.experimaestro.trial.TestLaunchers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A workspace, and a batch system that does what a test wants, to which all of its jobs go. */
@Timeout(120)
@EnabledOnOs(OS.LINUX)
abstract class BatchRunFixture {
    @TempDir
    Path folder;

    Lab lab;
    TestBatchSystem system;
    LauncherDefinition launcher;

    @BeforeEach
    void setUp() {
        lab = new Lab(folder);
        system = TestBatchSystem.create(folder.toString(), 4);
        launcher = TestLaunchers.definition("farm", folder.toString());
        lab.launchers(TestLaunchers.finder(launcher));
    }

    @AfterEach
    void tearDown() {
        system.hold();
        lab.close();
    }

    final ExperimentPlan<String> single() {
        return (xp, settings) -> xp.submit(lab.step("a"));
    }

    final ExperimentPlan<String> chain() {
        return (xp, settings) -> xp.submit(lab.step("b", xp.submit(lab.step("a"))));
    }

    final ExperimentPlan<String> all(List<String> names) {
        return (xp, settings) -> names.forEach(name -> xp.submit(lab.step(name)));
    }

    static BatchStatus ended(BatchStatus.End end, String state) {
        return BatchStatus.ended(end, state, "the reason", OptionalInt.empty());
    }

    /** The job id, once the batch system has the job. */
    final String jobId(String name) {
        Poll.until(
                name + " is submitted",
                () -> lab.find(name)
                        .map(job -> job.status().findBatchJob().isPresent())
                        .orElse(false));
        return lab.status(name).findBatchJob().orElseThrow().jobId();
    }

    /** Runs a plan in a thread that can be stopped. */
    final Thread drive(ExperimentPlan<String> plan) {
        return Thread.ofPlatform().daemon().start(() -> {
            try {
                lab.run(plan);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
    }

    static void stop(Thread driver) throws InterruptedException {
        driver.interrupt();
        driver.join();
    }
}
