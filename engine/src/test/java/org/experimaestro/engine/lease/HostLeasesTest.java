package org.experimaestro.engine.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.experimaestro.disturbance.Disturbance;
import org.experimaestro.disturbance.DisturbedFileSystem;
import org.experimaestro.disturbance.Operation;
import org.experimaestro.requirement.AcceleratorKind;
import org.experimaestro.spi.HostDescription;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.Placement;
import org.experimaestro.spi.RefusedException;
import org.experimaestro.spi.Resources;
import org.experimaestro.trial.TestLaunchers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the jobs of several runs hold of one host. */
final class HostLeasesTest extends LeaseFixture {
    // ---- within a run, and between runs of one process ----

    @Test
    void acquire_twoRuns_neverHoldMoreThanThereIs() throws Exception {
        HostLeases.Lease three = leases.acquire(job(1), cores(3), new RecordingListener());
        RecordingListener listener = new RecordingListener();
        CompletableFuture<HostLeases.Lease> two = acquire(LeaseMain.leases(folder), 2, cores(2), listener);
        listener.awaitWord("waiting for 2 cores of box");
        try (HostLeases.Lease one = LeaseMain.leases(folder).acquire(job(3), cores(1), new RecordingListener())) {
            assertThat(one.environment()).isEmpty();
            assertThat(two).isNotDone();
        }
        three.close();
        two.get().close();
        assertThat(holders()).isEmpty();
    }

    @Test
    void acquire_memory_isCountedToo() throws Exception {
        HostLeases.Lease most = leases.acquire(job(1), placement(0, 900, Map.of()), new RecordingListener());
        leases.acquire(job(2), placement(0, 100, Map.of()), new RecordingListener());
        RecordingListener listener = new RecordingListener();
        CompletableFuture<HostLeases.Lease> more = acquire(leases, 3, placement(1, 1, Map.of()), listener);
        listener.awaitWord("waiting for memory of box");
        // All or nothing: it does not hold its core while it waits for memory.
        leases.acquire(job(4), cores(4), new RecordingListener()).close();
        most.close();
        more.get().close();
    }

    @Test
    void acquire_accelerators_areDisjoint_andNumberedAsTheHostHasThem() throws Exception {
        HostLeases.Lease one = leases.acquire(job(1), placement(0, 0, Map.of("large", 1)), new RecordingListener());
        HostLeases.Lease two =
                leases.acquire(job(2), placement(0, 0, Map.of("large", 1, "small", 1)), new RecordingListener());
        assertThat(one.environment()).isEqualTo(Map.of("CUDA_VISIBLE_DEVICES", "0"));
        assertThat(two.environment()).isEqualTo(Map.of("CUDA_VISIBLE_DEVICES", "1,2"));

        RecordingListener listener = new RecordingListener();
        CompletableFuture<HostLeases.Lease> both = acquire(leases, 3, placement(0, 0, Map.of("large", 2)), listener);
        listener.awaitWord("waiting for 2 accelerators large of box");
        one.close();
        listener.awaitWord("waiting for 1 accelerator large of box");
        two.close();
        assertThat(both.get().environment()).isEqualTo(Map.of("CUDA_VISIBLE_DEVICES", "0,1"));
    }

    @Test
    void acquire_again_doesNotCheckTheFoldersAgain() throws Exception {
        AtomicInteger checks = new AtomicInteger();
        HostLeases counted = LeaseMain.leases(DisturbedFileSystem.disturb(folder, new Disturbance() {
            @Override
            public void before(Operation operation, Path path) {
                // Each check begins by making the folder.
                if (operation == Operation.MAKE_FOLDER) {
                    checks.incrementAndGet();
                }
            }
        }));
        counted.acquire(job(1), cores(1), new RecordingListener()).close();
        int once = checks.get();

        counted.acquire(job(2), cores(1), new RecordingListener()).close();

        assertThat(once).isPositive();
        assertThat(checks).hasValue(once);
    }

    @Test
    void acquire_moreThanTheHostHas_isRefusedAtOnce() throws Exception {
        HostLeases.Lease small = leases.acquire(job(1), placement(1, 1, Map.of("small", 1)), new RecordingListener());
        RecordingListener listener = new RecordingListener();
        assertThatThrownBy(() -> leases.acquire(job(2), cores(64), listener))
                .isInstanceOf(RefusedException.class)
                .hasMessage("it was given 64 cores, of which box has 4");
        assertThatThrownBy(() -> leases.acquire(job(2), placement(0, 2_000, Map.of()), listener))
                .isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> leases.acquire(job(2), placement(0, 0, Map.of("large", 3)), listener))
                .isInstanceOf(RefusedException.class);
        assertThat(listener.words).isEmpty();
        small.close();
        assertThat(holders()).isEmpty();
    }

    @Test
    void acquire_acceleratorsOfOneNameInSeveralGroups_areCountedTogether() throws Exception {
        HostDescription host = new HostDescription(
                "mixed",
                1,
                1,
                1,
                List.of(
                        new HostDescription.Accelerators(AcceleratorKind.CUDA, "", 0, 1),
                        new HostDescription.Accelerators(AcceleratorKind.CUDA, "", 0, 2)),
                new TreeSet<>());
        LauncherDefinition launcher = TestLaunchers.withCapacity(LauncherDefinition.local(), host);
        Resources two = placement(0, 0, Map.of("", 2)).resources();
        HostLeases.Lease lease = leases.acquire(
                job(1), TestLaunchers.placement(launcher, two, OptionalInt.empty()), new RecordingListener());
        assertThat(lease.environment()).isEqualTo(Map.of("CUDA_VISIBLE_DEVICES", "0,1"));
    }

    @Test
    void acquire_launcherThatDoesNotCount_orNothingAsked_isNothing() throws Exception {
        Placement uncounted =
                TestLaunchers.placement(LauncherDefinition.local(), cores(64).resources(), OptionalInt.empty());
        assertThat(leases.acquire(job(1), uncounted, new RecordingListener())).isSameAs(HostLeases.Lease.NONE);
        assertThat(leases.acquire(job(2), placement(0, 0, Map.of()), new RecordingListener()))
                .isSameAs(HostLeases.Lease.NONE);
        assertThat(folder.resolve("leases")).doesNotExist();
    }

    @Test
    void acquire_hostBehindAConnector_isNotThisHost() throws Exception {
        leases.acquire(job(1), cores(4), new RecordingListener());
        LauncherDefinition far = TestLaunchers.withConnector(
                cores(4).launcher(), new org.experimaestro.spi.ConnectorDefinition("cluster", "ssh", new TreeMap<>()));
        Placement there = TestLaunchers.placement(far, cores(4).resources(), OptionalInt.empty());
        leases.acquire(job(2), there, new RecordingListener());
        RecordingListener listener = new RecordingListener();
        CompletableFuture<HostLeases.Lease> more = acquire(leases, 3, there, listener);
        listener.awaitWord("waiting for 4 cores of box");
        assertThat(more).isNotDone();
    }

    @Test
    void acquire_interrupted_holdsNothing() throws Exception {
        HostLeases.Lease all = leases.acquire(job(1), cores(4), new RecordingListener());
        RecordingListener listener = new RecordingListener();
        CompletableFuture<Throwable> end = new CompletableFuture<>();
        Thread thread = Thread.ofPlatform().daemon().start(() -> {
            try {
                leases.acquire(job(2), cores(1), listener);
            } catch (RefusedException | IOException | InterruptedException stopped) {
                end.complete(stopped);
            }
        });
        listener.awaitWord("waiting for 1 cores of box");
        thread.interrupt();
        assertThat(end.get()).isInstanceOf(InterruptedException.class);
        all.close();
        assertThat(holders()).isEmpty();
    }

    @Test
    void acquire_interruptedBefore_isAnInterruption_notAFailure() throws Exception {
        CompletableFuture<Throwable> end = new CompletableFuture<>();
        Thread.ofPlatform().daemon().start(() -> {
            Thread.currentThread().interrupt();
            try {
                leases.acquire(job(1), cores(1), new RecordingListener());
            } catch (RefusedException | IOException | InterruptedException stopped) {
                end.complete(stopped);
            }
        });
        assertThat(end.get()).isInstanceOf(InterruptedException.class);
    }

    // ---- files ----

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{\"format\":1}",
                "{\"format\":1,\"holders\":[1]}",
                "{\"format\":1,\"holders\":[{\"job\":\"x\",\"amount\":4}]}",
                "{\"format\":1,\"holders\":[{\"lease\":\"1\",\"job\":\"x\",\"owner\":"
                        + "{\"host\":\"h\",\"boot\":\"b\",\"pid\":1,\"start\":1},\"amount\":4}]}",
                "{\"format\":1,\"holders\":[{\"lease\":\"1\",\"job\":\"/not/a\\u0000path\",\"owner\":"
                        + "{\"host\":\"h\",\"boot\":\"b\",\"pid\":1,\"start\":1},\"amount\":4}]}"
            })
    void acquire_corruptFile_isWrittenAnew(String text) throws Exception {
        leases.acquire(job(1), placement(1, 1, Map.of("large", 1)), new RecordingListener())
                .close();
        for (Path file : files()) {
            Files.writeString(file, text);
        }
        HostLeases.Lease lease =
                leases.acquire(job(2), placement(4, 1_000, Map.of("large", 2)), new RecordingListener());
        assertThat(lease.environment()).containsEntry("CUDA_VISIBLE_DEVICES", "0,1");
        assertThat(holders()).containsOnly(job(2).path().toString()).hasSize(4);
        lease.close();
        assertThat(holders()).isEmpty();
    }
}
