package org.experimaestro.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;
import org.experimaestro.engine.schedule.Demand;
import org.experimaestro.requirement.AcceleratorKind;
import org.experimaestro.spi.HostDescription;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.Placement;
import org.experimaestro.spi.Resources;
import org.experimaestro.trial.TestLaunchers;
import org.junit.jupiter.api.Test;

/** The demands of jobs, by their launchers. */
final class LauncherLimitsTest {
    private static final HostDescription HOST = new HostDescription(
            "box",
            1,
            4,
            8_000,
            List.of(
                    new HostDescription.Accelerators(AcceleratorKind.CUDA, "a100", 0, 2),
                    new HostDescription.Accelerators(AcceleratorKind.CUDA, "t4", 0, 1)),
            new TreeSet<>());

    @Test
    void demands_launcherHere_isThatOfTheJobsOfTheRun() {
        assertThat(demands(LauncherDefinition.local(), Resources.NONE)).containsExactly("1 of jobs of this machine");
    }

    @Test
    void demands_launchersHere_shareTheJobsOfThisMachine() {
        LauncherLimits limits = new LauncherLimits(2, LauncherLimits.Source.ALONE);
        LauncherDefinition three = TestLaunchers.withLimit(here(), 3);

        assertThat(limits.demands(Placement.on(three)))
                .contains(new Demand(limits.jobsHere(), 1))
                .hasSize(2);
        assertThat(limits.demands(Placement.on(LauncherDefinition.local())))
                .containsExactly(new Demand(limits.jobsHere(), 1));
    }

    @Test
    void demands_launcherElsewhere_isThatOfItsOwnLimitOnly() {
        LauncherDefinition far = TestLaunchers.definition("far", "nowhere");

        assertThat(demands(TestLaunchers.withLimit(far, 3), cores(64)))
                .containsExactly("1 of jobs of the launcher far");
        assertThat(demands(far, cores(64))).isEmpty();
    }

    @Test
    void demands_launcherThatCounts_areThoseOfWhatTheJobWasGiven() {
        assertThat(demands(here(), resources(3, 7_000, Map.of("a100", 2, "t4", 1))))
                .containsExactly(
                        "1 of jobs of this machine",
                        "3 of cores of the launcher local",
                        "7000 of memory of the launcher local",
                        "2 of accelerators a100 of the launcher local",
                        "1 of accelerators t4 of the launcher local");
        assertThat(demands(here(), Resources.NONE)).containsExactly("1 of jobs of this machine");
    }

    @Test
    void demands_sameLauncherAgain_areOfTheSameLimits() {
        LauncherLimits limits = new LauncherLimits(2, LauncherLimits.Source.ALONE);
        Placement placement = TestLaunchers.placement(here(), cores(2), OptionalInt.empty());

        assertThat(limits.demands(placement)).isEqualTo(limits.demands(placement));
    }

    private static List<String> demands(LauncherDefinition launcher, Resources resources) {
        return new LauncherLimits(2, LauncherLimits.Source.ALONE)
                .demands(TestLaunchers.placement(launcher, resources, OptionalInt.empty())).stream()
                        .map(demand -> demand.amount() + " of " + demand.limit())
                        .toList();
    }

    private static LauncherDefinition here() {
        return TestLaunchers.withCapacity(LauncherDefinition.local(), HOST);
    }

    private static Resources cores(int count) {
        return resources(count, 0, Map.of());
    }

    private static Resources resources(int cores, long memory, Map<String, Integer> accelerators) {
        return new Resources(Optional.empty(), cores, memory, new TreeMap<>(accelerators), false, new TreeSet<>());
    }
}
