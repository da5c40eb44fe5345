package org.experimaestro.engine.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.experimaestro.trial.Poll;
import org.experimaestro.workspace.Claim;
import org.experimaestro.workspace.ProcessIdentity;
import org.junit.jupiter.api.Test;

/** What is held of a host when processes die, and by many of them at once. */
final class LeaseDeathsTest extends LeaseFixture {
    // ---- deaths ----

    @Test
    void acquire_holderIsKilled_isGranted() throws Exception {
        Process holder = hold(1, 4);
        RecordingListener listener = new RecordingListener();
        CompletableFuture<HostLeases.Lease> mine = acquire(leases, 2, cores(1), listener);
        listener.awaitWord("waiting for 1 cores of box");
        kill(holder);
        mine.get().close();
    }

    @Test
    void acquire_driverIsKilledButItsJobRuns_waitsForTheJob() throws Exception {
        Process holder = hold(1, 4);
        Process jobs = begin(job(1));
        kill(holder);
        RecordingListener listener = new RecordingListener();
        CompletableFuture<HostLeases.Lease> mine = acquire(leases, 2, cores(1), listener);
        listener.awaitWord("waiting for 1 cores of box");
        assertThat(mine).isNotDone();
        kill(jobs);
        mine.get().close();
    }

    @Test
    void close_jobRunsOn_keepsItsShareUntilItsEnd() throws Exception {
        HostLeases.Lease lease = leases.acquire(job(1), placement(4, 0, Map.of("small", 1)), new RecordingListener());
        Process jobs = begin(job(1));
        lease.close();
        RecordingListener listener = new RecordingListener();
        CompletableFuture<HostLeases.Lease> mine = acquire(leases, 2, cores(1), listener);
        listener.awaitWord("waiting for 1 cores of box");
        assertThat(mine).isNotDone();
        kill(jobs);
        // This process, which took the lease, lives on.
        mine.get().close();
    }

    @Test
    void acquire_jobWhoseRunAndProcessHaveDied_doesNotWaitForItself() throws Exception {
        Process holder = hold(1, 4);
        Process jobs = begin(job(1));
        kill(holder);
        kill(jobs);
        assertThat(job(1).claim(ProcessIdentity.current(), "next")).isInstanceOf(Claim.Granted.class);
        RecordingListener listener = new RecordingListener();
        HostLeases.Lease again = leases.acquire(job(1), cores(3), listener);
        assertThat(listener.words).isEmpty();
        assertThat(holders()).containsExactly(job(1).path().toString());
        again.close();
    }

    @Test
    void close_laterAttemptHasTheJob_keepsThatLease() throws Exception {
        HostLeases.Lease first = leases.acquire(job(1), cores(4), new RecordingListener());
        HostLeases.Lease second = leases.acquire(job(1), cores(4), new RecordingListener());
        first.close();
        assertThat(holders()).hasSize(1);
        second.close();
        assertThat(holders()).isEmpty();
    }

    // ---- at random ----

    @Test
    void acquire_severalProcessesAtRandom_neverHoldMoreThanThereIs() throws Exception {
        int count = 30;
        Process one = start("take", "1", Integer.toString(count));
        Process two = start("take", "2", Integer.toString(count));
        Process three = start("take", "3", Integer.toString(count));
        Path ready = folder.resolve("ready");
        Poll.until("all are there", () -> lines(ready).size() == 3);
        Files.writeString(folder.resolve("go"), "");
        assertThat(three.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(one.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(two.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(one.exitValue()).isZero();
        assertThat(two.exitValue()).isZero();
        assertThat(three.exitValue()).isZero();

        int cores = 0;
        long memory = 0;
        Set<String> devices = new HashSet<>();
        List<String> ledger = lines(folder.resolve("ledger"));
        assertThat(ledger).hasSize(3 * 2 * count);
        for (String line : ledger) {
            String[] words = line.split(" ");
            int sign = words[0].equals("+") ? 1 : -1;
            cores += sign * Integer.parseInt(words[1]);
            memory += sign * Long.parseLong(words[2]);
            assertThat(cores).isBetween(0, CORES);
            assertThat(memory).isBetween(0L, MEMORY);
            for (String device : words[3].split(",")) {
                boolean changed = device.equals("none") || (sign > 0 ? devices.add(device) : devices.remove(device));
                assertThat(changed).as("device %s of %s", device, line).isTrue();
            }
        }
        assertThat(holders()).isEmpty();
    }
}
