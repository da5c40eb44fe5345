package org.experimaestro.engine.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.LaunchException;
import org.experimaestro.WorkspaceException;
import org.experimaestro.requirement.AcceleratorKind;
import org.experimaestro.spi.HostDescription;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.Placement;
import org.experimaestro.spi.Resources;
import org.experimaestro.trial.Lab;
import org.experimaestro.trial.TestLaunchers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What can never be had of a host, and what becomes of a job that was given it. */
@Timeout(120)
final class HostLimitsTest {
    private static final HostDescription HOST = new HostDescription(
            "box",
            1,
            4,
            1L << 30,
            List.of(
                    new HostDescription.Accelerators(AcceleratorKind.CUDA, "a100", 0, 2),
                    new HostDescription.Accelerators(AcceleratorKind.MPS, "", 0, 1)),
            new TreeSet<>());

    @TempDir
    Path folder;

    @Test
    void excess_asMuchAsThereIs_isNone() {
        assertThat(HostLimits.excess(placement(4, 1L << 30, Map.of("a100", 2, "", 1))))
                .isEmpty();
        assertThat(HostLimits.excess(placement(0, 0, Map.of()))).isEmpty();
    }

    @Test
    void excess_ofEachResource_isTold() {
        assertThat(HostLimits.excess(placement(5, 0, Map.of()))).contains("5 cores, of which box has 4");
        assertThat(HostLimits.excess(placement(0, 2L << 30, Map.of())))
                .contains("2GiB of memory, of which box has 1GiB");
        assertThat(HostLimits.excess(placement(0, 0, Map.of("a100", 3))))
                .contains("3 accelerators a100, of which box has 2");
        assertThat(HostLimits.excess(placement(0, 0, Map.of("", 2)))).contains("2 accelerators, of which box has 1");
        assertThat(HostLimits.excess(placement(0, 0, Map.of("h100", 1))))
                .contains("1 accelerator h100, of which box has 0");
    }

    @Test
    void excess_ofSeveral_areAllTold() {
        assertThat(HostLimits.excess(placement(5, 0, Map.of("a100", 3))))
                .contains("5 cores, of which box has 4; 3 accelerators a100, of which box has 2");
    }

    @Test
    void excess_launcherThatDoesNotCount_isNone() {
        Resources many = placement(500, 0, Map.of("h100", 8)).resources();
        Placement uncounted = TestLaunchers.placement(LauncherDefinition.local(), many, OptionalInt.empty());
        assertThat(HostLimits.excess(uncounted)).isEmpty();
    }

    @Test
    void submit_jobThatWasGivenMore_isRefusedAtOnce() throws Exception {
        try (Lab lab = new Lab(folder)) {
            lab.launchers(TestLaunchers.finder(placement(0, 0, Map.of("a100", 3))));
            assertThatThrownBy(() -> lab.run((xp, settings) -> xp.submit(lab.step("a"))))
                    .isInstanceOf(LaunchException.class)
                    .hasMessageContaining("Cannot run a job on the launcher local: it was given 3 accelerators a100")
                    .hasMessageContaining("ask for less");
            assertThat(lab.control().executions()).isEmpty();
        }
    }

    /** Else each of ten thousand jobs would have a failed attempt. */
    @Test
    void submit_whereLeasesCannotBeKept_endsTheRunBeforeAnyJobIsClaimed() throws Exception {
        try (Lab lab = new Lab(folder)) {
            Path state = Files.createDirectory(lab.folder().resolve("state"));
            Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwxrwxrwx"));
            lab.launchers(TestLaunchers.finder(placement(1, 0, Map.of())));
            ExperimentPlan<String> plan = (xp, settings) -> {
                xp.submit(lab.step("a"));
                xp.submit(lab.step("b"));
            };

            assertThatThrownBy(() -> lab.run(plan)).satisfies(HostLimitsTest::namesTheStateFolder);
            assertThatThrownBy(() -> lab.detach(plan)).satisfies(HostLimitsTest::namesTheStateFolder);

            assertThat(lab.job("a").path()).doesNotExist();
            assertThat(lab.control().executions()).isEmpty();
        }
    }

    private static void namesTheStateFolder(Throwable thrown) {
        assertThat(thrown)
                .isInstanceOf(WorkspaceException.class)
                .hasMessageContaining("Cannot count what jobs hold of box: all users of this machine may write")
                .hasMessageContaining("XDG_STATE_HOME");
    }

    private static Placement placement(int cores, long memory, Map<String, Integer> accelerators) {
        Resources resources =
                new Resources(Optional.empty(), cores, memory, new TreeMap<>(accelerators), false, new TreeSet<>());
        return TestLaunchers.placement(
                TestLaunchers.withCapacity(LauncherDefinition.local(), HOST), resources, OptionalInt.empty());
    }
}
