package org.experimaestro.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;
import org.experimaestro.RunMode;
import org.experimaestro.requirement.AcceleratorKind;
import org.experimaestro.spi.HostDescription;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.Resources;
import org.experimaestro.trial.TestLaunchers;
import org.junit.jupiter.api.Test;

/** How many jobs of which size a launcher has at once. */
final class LauncherCapacityTest extends LabFixture {
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
    void hasRoom_launcherHere_isLimitedByTheJobsOfTheRun() throws Exception {
        LauncherCapacity capacity = new LauncherCapacity(LauncherDefinition.local(), 2);
        SubmittedTask task = task(LauncherDefinition.local(), Resources.NONE);
        capacity.add(task);
        assertThat(capacity.hasRoom(task)).isTrue();
        capacity.add(task);
        assertThat(capacity.hasRoom(task)).isFalse();
        capacity.remove(task);
        assertThat(capacity.hasRoom(task)).isTrue();
    }

    @Test
    void hasRoom_launcherElsewhere_isLimitedByItsOwnLimitOnly() throws Exception {
        LauncherDefinition three = TestLaunchers.withLimit(TestLaunchers.definition("far", "nowhere"), 3);
        LauncherCapacity capacity = new LauncherCapacity(three, 1);
        SubmittedTask task = task(three, cores(64));
        for (int i = 0; i < 3; i++) {
            assertThat(capacity.hasRoom(task)).isTrue();
            capacity.add(task);
        }
        assertThat(capacity.hasRoom(task)).isFalse();
    }

    @Test
    void hasRoom_launcherWithoutLimit_isNotLimited() throws Exception {
        LauncherDefinition far = TestLaunchers.definition("far", "nowhere");
        LauncherCapacity capacity = new LauncherCapacity(far, 1);
        SubmittedTask task = task(far, cores(64));
        for (int i = 0; i < 1_000; i++) {
            capacity.add(task);
        }
        assertThat(capacity.hasRoom(task)).isTrue();
    }

    @Test
    void hasRoom_coresAndMemory_areCountedUntilTheJobEnds() throws Exception {
        LauncherDefinition box = here();
        LauncherCapacity capacity = new LauncherCapacity(box, 100);
        SubmittedTask three = task(box, cores(3));
        SubmittedTask large = task(box, resources(0, 7_000, Map.of()));
        capacity.add(three);
        assertThat(capacity.hasRoom(task(box, cores(1)))).isTrue();
        assertThat(capacity.hasRoom(task(box, cores(2)))).isFalse();
        assertThat(capacity.hasRoom(large)).isTrue();
        capacity.add(large);
        assertThat(capacity.hasRoom(task(box, resources(0, 1_000, Map.of())))).isTrue();
        assertThat(capacity.hasRoom(task(box, resources(0, 1_001, Map.of())))).isFalse();
        assertThat(capacity.hasRoom(task(box, Resources.NONE))).isTrue();

        capacity.remove(three);
        assertThat(capacity.hasRoom(task(box, cores(4)))).isTrue();
        capacity.remove(large);
        assertThat(capacity.hasRoom(task(box, resources(0, 8_000, Map.of())))).isTrue();
    }

    @Test
    void hasRoom_accelerators_areCountedByTheirNames() throws Exception {
        LauncherDefinition box = here();
        LauncherCapacity capacity = new LauncherCapacity(box, 100);
        SubmittedTask one = task(box, resources(0, 0, Map.of("a100", 1)));
        SubmittedTask small = task(box, resources(0, 0, Map.of("t4", 1)));
        capacity.add(one);
        assertThat(capacity.hasRoom(one)).isTrue();
        assertThat(capacity.hasRoom(task(box, resources(0, 0, Map.of("a100", 2)))))
                .isFalse();
        capacity.add(one);
        assertThat(capacity.hasRoom(one)).isFalse();
        assertThat(capacity.hasRoom(small)).isTrue();
        capacity.add(small);
        assertThat(capacity.hasRoom(small)).isFalse();
        capacity.remove(one);
        assertThat(capacity.hasRoom(one)).isTrue();
        assertThat(capacity.hasRoom(small)).isFalse();
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

    /** A task as a plan submits it. */
    private SubmittedTask task(LauncherDefinition launcher, Resources resources) throws InterruptedException {
        lab.launchers(TestLaunchers.finder(TestLaunchers.placement(launcher, resources, OptionalInt.empty())));
        lab.run(RunMode.DRY_RUN, (xp, settings) -> xp.submit(lab.step("a")));
        return lab.recorder().submitted().getFirst();
    }
}
