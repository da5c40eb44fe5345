package org.experimaestro.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.experimaestro.disturbance.program.ProgramOutcome;
import org.experimaestro.disturbance.program.TestProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packed program can be called as these tests need it; that it works is the distribution's own affair. */
class TestProgramIT {
    @TempDir
    private Path folder;

    @Test
    void run_version_isPrinted() {
        ProgramOutcome outcome = TestProgram.in(folder).run("--version");

        assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
        assertThat(outcome.out()).startsWith("experimaestro ");
    }

    @Test
    void run_variables_areTheProgramsOnly() {
        TestProgram program = TestProgram.in(folder).with("EXPERIMAESTRO_OPTS", "-XshowSettings:properties");

        assertThat(program.run("--version").err()).contains("java.home");
        assertThat(program.settings()).isDirectory().startsWith(folder);
    }

    @Test
    void run_tooSlow_isKilledAndShown() {
        TestProgram program = TestProgram.in(folder).within(Duration.ZERO);

        assertThatThrownBy(() -> program.run("--version"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContainingAll("Not ended within PT0S", "bin/experimaestro --version");
    }
}
