package org.experimaestro.engine.batch;

import java.nio.file.Path;
import org.experimaestro.trial.CopyConnector;
import org.experimaestro.trial.TestLaunchers;
import org.junit.jupiter.api.BeforeEach;

/** A batch system of a host that does not share the workspace. */
abstract class CopiedWorkspaceFixture extends BatchRunFixture {
    Path there;
    CopyConnector.Trouble trouble;

    @BeforeEach
    void connect() {
        there = folder.resolve("the other host's files");
        trouble = CopyConnector.trouble(there);
        system.arrays(10);
        lab.launchers(TestLaunchers.finder(TestLaunchers.withConnector(launcher, CopyConnector.to(there))));
    }

    /** Runs the chain in a thread that can be interrupted, as if the process of the plan died. */
    final Thread interruptible() {
        return Thread.ofPlatform().daemon().start(() -> {
            try {
                lab.run(chain());
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
    }
}
