package org.experimaestro.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.experimaestro.ConfigId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who gets a job: threads and processes that race for it, and claimants that die. */
class ClaimTest {
    private static final ConfigId ID = ConfigId.parse("00000000000000010000000000000002");
    private static final int THREADS = 8;
    private static final int ROUNDS = 100;

    @TempDir
    Path root;

    @Test
    void claim_threadsThatRace_oneIsGrantedEachAttempt() throws Exception {
        ProcessIdentity self = ProcessIdentity.current();
        CyclicBarrier together = new CyclicBarrier(THREADS);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            for (int round = 1; round <= ROUNDS; round++) {
                List<Callable<Claim>> racers = new ArrayList<>();
                for (int i = 0; i < THREADS; i++) {
                    racers.add(() -> {
                        together.await();
                        return job().claim(self, "race");
                    });
                }
                List<Attempt> granted = new ArrayList<>();
                for (Future<Claim> claim : threads.invokeAll(racers)) {
                    if (claim.get() instanceof Claim.Granted) {
                        granted.add(((Claim.Granted) claim.get()).attempt());
                    } else {
                        assertThat(((Claim.Refused) claim.get()).status().state())
                                .isEqualTo(JobState.STARTING);
                    }
                }
                assertThat(granted).hasSize(1);
                assertThat(granted.get(0).number()).isEqualTo(round);
                granted.get(0).failed(FailureCause.EXCEPTION, "round " + round, null);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void claim_processesThatRace_oneIsGrantedEachAttempt() throws Exception {
        List<Process> racers = new ArrayList<>();
        for (String name : List.of("a", "b")) {
            racers.add(Processes.java(ClaimRacer.class, root.resolve(name + ".log"), root.toString(), name));
        }
        for (Process racer : racers) {
            assertThat(Processes.await(racer)).isZero();
        }
        List<String> granted = new ArrayList<>();
        for (String name : List.of("a", "b")) {
            granted.addAll(Files.readAllLines(root.resolve(name + ".log")));
        }
        List<String> expected = new ArrayList<>();
        for (int i = 1; i <= ClaimRacer.ATTEMPTS; i++) {
            expected.add("attempt " + i);
        }
        assertThat(granted).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void claim_jobThatIsDone_isNeverGrantedAgain() throws IOException {
        Attempt attempt = granted();
        attempt.begin(ProcessIdentity.current(), 10);
        assertThat(attempt.done(10, Map.of("loss", 0.5), null)).isTrue();
        for (int i = 0; i < 3; i++) {
            assertThat(refused().state()).isEqualTo(JobState.DONE);
        }
        assertThat(attempt.failed(FailureCause.CANCELLED, "too late", null)).isFalse();
        assertThat(((JobStatus.Done) job().status()).metrics()).isEqualTo(Map.of("loss", 0.5));
    }

    @Test
    void claim_claimantAlive_isRefusedAndStarting() throws Exception {
        Process claimant = Processes.idle();
        try {
            ProcessIdentity identity = identity(claimant);
            assertThat(job().claim(identity, "first")).isInstanceOf(Claim.Granted.class);
            JobStatus status = refused();
            assertThat(status.state()).isEqualTo(JobState.STARTING);
            assertThat(((JobStatus.Starting) status).claimant()).isEqualTo(identity);
            assertThat(status.isActive()).isTrue();
        } finally {
            Processes.kill(claimant);
        }
    }

    @Test
    void claim_claimantDiedBeforeTheProcessBegan_isGrantedAndTheLateProcessTurnedAway() throws Exception {
        Process claimant = Processes.idle();
        Attempt late = ((Claim.Granted) job().claim(identity(claimant), "first")).attempt();
        Processes.kill(claimant);
        assertThat(job().status().state()).isEqualTo(JobState.FAILED);
        assertThat(job().status().findCause()).contains(FailureCause.NOT_STARTED);

        Attempt next = granted();
        assertThat(next.number()).isEqualTo(2);
        assertThat(late.begin(ProcessIdentity.current(), 1)).isFalse();
        assertThat(next.begin(ProcessIdentity.current(), 1)).isTrue();
    }

    @Test
    void claim_claimantDiedButTheProcessBegan_isRefused() throws Exception {
        Process claimant = Processes.idle();
        Attempt attempt = ((Claim.Granted) job().claim(identity(claimant), "first")).attempt();
        Processes.kill(claimant);
        assertThat(attempt.begin(ProcessIdentity.current(), 1)).isTrue();
        assertThat(refused().state()).isEqualTo(JobState.RUNNING);
    }

    @Test
    void claim_processKilled_isVanishedAndGrantedAgain() throws Exception {
        Process process = Processes.idle();
        Attempt attempt = granted();
        attempt.begin(identity(process), 1);
        assertThat(refused().state()).isEqualTo(JobState.RUNNING);
        Processes.kill(process);
        JobStatus status = job().status();
        assertThat(status.state()).isEqualTo(JobState.FAILED);
        assertThat(status.findCause()).contains(FailureCause.VANISHED);
        assertThat(status.message()).contains("process " + process.pid() + " on ");
        assertThat(granted().number()).isEqualTo(2);
        assertThat(job().status().state()).isEqualTo(JobState.STARTING);
    }

    @Test
    void begin_twice_isRefusedTheSecondTime() throws IOException {
        Attempt attempt = granted();
        assertThat(attempt.hasBegun()).isFalse();
        assertThat(attempt.begin(ProcessIdentity.current(), 1)).isTrue();
        assertThat(attempt.hasBegun()).isTrue();
        assertThat(attempt.begin(ProcessIdentity.current(), 1)).isFalse();
    }

    @Test
    void done_afterAnotherAttemptTookOver_isRefused() throws IOException {
        Attempt first = granted();
        first.failed(FailureCause.VANISHED, "believed dead", null);
        Attempt second = granted();
        assertThat(first.done(1, Map.of(), null)).isFalse();
        assertThat(job().status().state()).isEqualTo(JobState.STARTING);
        assertThat(second.done(1, Map.of(), null)).isTrue();
        assertThat(second.done(1, Map.of(), null)).isFalse();
        assertThat(job().status().lastAttempt()).hasValue(2);
    }

    @Test
    void failed_twice_theFirstWordCounts() throws IOException {
        Attempt attempt = granted();
        assertThat(attempt.failed(FailureCause.OUT_OF_MEMORY, "the heap is full", 1))
                .isTrue();
        assertThat(attempt.failed(FailureCause.VANISHED, "seen from outside", 137))
                .isFalse();
        assertThat(job().status().findCause()).contains(FailureCause.OUT_OF_MEMORY);
        assertThat(job().status().message()).isEqualTo("the heap is full");
    }

    private JobFolder job() {
        return Workspace.view(root).job("test.job", ID);
    }

    private Attempt granted() throws IOException {
        Claim claim = job().claim(ProcessIdentity.current(), "test");
        assertThat(claim).isInstanceOf(Claim.Granted.class);
        return ((Claim.Granted) claim).attempt();
    }

    private JobStatus refused() throws IOException {
        Claim claim = job().claim(ProcessIdentity.current(), "test");
        assertThat(claim).isInstanceOf(Claim.Refused.class);
        return ((Claim.Refused) claim).status();
    }

    private static ProcessIdentity identity(Process process) {
        return ProcessIdentity.find(process.pid()).orElseThrow();
    }
}
