package org.experimaestro.engine;

import java.nio.file.Path;
import org.experimaestro.trial.Lab;
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
}
