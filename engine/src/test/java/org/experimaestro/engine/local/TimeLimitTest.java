package org.experimaestro.engine.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;
import org.experimaestro.Outcome;
import org.experimaestro.engine.RunResult;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.Resources;
import org.experimaestro.trial.Lab;
import org.experimaestro.trial.TestLaunchers;
import org.experimaestro.workspace.FailureCause;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Jobs on this machine that may take so long and no longer. */
@Timeout(120)
@EnabledOnOs(OS.LINUX)
final class TimeLimitTest {
    @TempDir
    Path folder;

    @Test
    void run_jobThatTakesLonger_isEndedForItsTime() throws Exception {
        try (Lab lab = lab(Duration.ofSeconds(1))) {
            lab.control().hold("a");
            RunResult result = lab.run((xp, settings) -> xp.submit(lab.step("a")));
            assertThat(result.failures().getFirst().status().findCause()).contains(FailureCause.TIME_LIMIT);
        }
    }

    @Test
    void run_jobThatEndsInTime_isDone() throws Exception {
        try (Lab lab = lab(Duration.ofMinutes(10))) {
            assertThat(lab.run((xp, settings) -> xp.submit(lab.step("a"))).outcome())
                    .isEqualTo(Outcome.DONE);
        }
    }

    private Lab lab(Duration limit) {
        Lab lab = new Lab(folder);
        Resources resources = new Resources(Optional.of(limit), 0, 0, new TreeMap<>(), false, new TreeSet<>());
        lab.launchers(TestLaunchers.finder(
                TestLaunchers.placement(LauncherDefinition.local(), resources, OptionalInt.empty())));
        return lab;
    }
}
