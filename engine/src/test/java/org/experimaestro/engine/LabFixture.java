package org.experimaestro.engine;

import java.nio.file.Path;
import org.experimaestro.trial.Lab;
import org.experimaestro.trial.Poll;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.Workspace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A workspace with real jobs for each test. */
abstract class LabFixture {
    @TempDir
    Path folder;

    Lab lab;

    @BeforeEach
    void setUp() {
        lab = new Lab(folder);
    }

    @AfterEach
    void tearDown() {
        lab.close();
    }

    /** Ends the process of a step that runs and has no inputs, as {@code kill -9} does, and waits for its end. */
    final void killJob(String name) {
        JobFolder job =
                Workspace.view(lab.workspace()).job("trial.step", lab.step(name).id());
        ProcessIdentity owner = ((JobStatus.Running) job.status()).process();
        ProcessHandle.of(owner.pid()).orElseThrow().destroyForcibly();
        Poll.until(owner + " is gone", () -> !owner.isAlive());
    }
}
