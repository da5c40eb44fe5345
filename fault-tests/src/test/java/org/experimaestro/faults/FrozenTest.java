package org.experimaestro.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.experimaestro.disturbance.program.Await;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Hosts that are silent for longer than a lease, clocks that are set, and numbers of processes that are used again. */
@Timeout(600)
@EnabledOnOs(OS.LINUX)
class FrozenTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration PAST_LEASE = Duration.ofMinutes(4);

    /** The first job throws the first time; its second execution is the one that is held. */
    private static final int HELD = 2;

    @TempDir
    Path folder;

    private Site site;

    @BeforeEach
    void setUp() throws IOException {
        site = new Site(folder, 3);
        site.ledger().hold();
    }

    @AfterEach
    void tearDown() throws InterruptedException {
        site.close();
    }

    /** The host of the first plan is cut off for four minutes, and comes back when another one has done the job. */
    @Test
    void host_stoppedPastItsLease_itsResultDoesNotCount() throws Exception {
        Process a = startHeld(Harm.none().host("host-a"));
        List<ProcessHandle> cutOff = Stream.concat(Stream.of(a.toHandle()), site.jobProcesses().stream())
                .toList();
        for (ProcessHandle process : cutOff) {
            site.silence(process);
        }
        site.pass(PAST_LEASE, "host-a");
        site.ledger().release();
        site.host("host-b");
        assertThat(site.await(site.start(Harm.none().host("host-b"))))
                .as(site.log())
                .isZero();
        String done = markers();

        for (ProcessHandle process : cutOff) {
            site.signal("CONT", process);
        }
        site.await(a);

        assertThat(new Laws(site).broken()).isEmpty();
        assertThat(markers()).isEqualTo(done);
    }

    /** A clock is set while a job runs: another plan of this host still sees its process. */
    @Test
    void clock_setForwardAndBack_jobThatRunsIsWaitedFor() throws Exception {
        Process first = startHeld(Harm.none());
        for (Duration step : List.of(Duration.ofHours(1), Duration.ofHours(-2))) {
            site.pass(step, "");
            Process second = site.start();
            awaitLine("RUNNING");
            assertThat(site.ledger().begins()).isEqualTo(HELD);
            site.kill(second);
        }
        site.ledger().release();
        assertThat(site.await(first)).isZero();
        assertThat(site.finish()).isZero();
        assertThat(new Laws(site).broken()).isEmpty();
    }

    /** The number of a process that is gone belongs to another one now. */
    @Test
    void pid_usedAgain_nextRunGoesOn() throws Exception {
        startHeld(Harm.none());
        List<ProcessHandle> gone = site.jobProcesses();
        site.killAll();
        long other = ProcessHandle.current().pid();
        for (ProcessHandle process : gone) {
            rewrite("\"pid\": " + process.pid() + ",", "\"pid\": " + other + ",");
        }
        site.ledger().release();

        assertThat(site.finish()).as(site.log()).isZero();
        assertThat(new Laws(site).broken()).isEmpty();
    }

    /** A host that was taken away has left claims and processes. */
    @Test
    void markers_ofAnotherHost_countForOneLease() throws Exception {
        startHeld(Harm.none().host("host-a"));
        site.killAll();
        Process waiting = site.start();
        awaitLine("RUNNING");
        assertThat(site.ledger().begins()).isEqualTo(HELD);
        site.ledger().release();
        site.pass(PAST_LEASE, "host-a");

        // If the plan has begun to wait, it tells that the job has vanished, as it does for one of its own; else it
        // executes it.
        assertThat(site.await(waiting)).as(site.log()).isBetween(0, 1);
        assertThat(site.finish()).as(site.log()).isZero();
        assertThat(new Laws(site).broken()).isEmpty();
    }

    private Process startHeld(Harm harm) throws IOException {
        site.host("host-a");
        Process plan = site.start(harm);
        Await.until("the first job is held", PATIENCE, () -> {
            assertThat(plan.isAlive() || site.ledger().begins() == HELD)
                    .as(site.log())
                    .isTrue();
            return site.ledger().begins() == HELD;
        });
        return plan;
    }

    private void awaitLine(String text) {
        Await.until("the plan prints " + text, PATIENCE, () -> site.log().contains(text));
    }

    private void rewrite(String text, String other) throws IOException {
        for (Path file : files("process-")) {
            String content = Files.readString(file);
            if (content.contains(text)) {
                Files.writeString(file, content.replace(text, other));
            }
        }
    }

    /** The markers of jobs that are done, with their content. */
    private String markers() throws IOException {
        StringBuilder all = new StringBuilder();
        for (Path file : files("done.json")) {
            all.append(file).append(Files.readString(file));
        }
        return all.toString();
    }

    private List<Path> files(String name) throws IOException {
        try (Stream<Path> files = Files.walk(site.workspace())) {
            return files.filter(file -> file.getFileName().toString().startsWith(name))
                    .sorted()
                    .toList();
        }
    }
}
