package org.experimaestro.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.experimaestro.disturbance.program.Await;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.Workspace;
import org.experimaestro.workspace.token.TokenDesk;
import org.experimaestro.workspace.token.TokenFolder;
import org.experimaestro.workspace.token.TokenShare;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Hosts that are silent for longer than a lease, clocks that are set, and numbers of processes that are used again. */
@Tag("thorough")
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

    /** The tokens of a host that is cut off are given away: its job, which nobody else has begun, is not marked as done. */
    @Test
    void host_stoppedPastItsLease_tokensAreGivenAway_itsJobIsNotDone() throws Exception {
        Process a = startHeld(Harm.none().host("host-a"));
        List<ProcessHandle> cutOff = Stream.concat(Stream.of(a.toHandle()), site.jobProcesses().stream())
                .toList();
        for (ProcessHandle process : cutOff) {
            site.silence(process);
        }
        site.pass(PAST_LEASE, "host-a");
        WorkPlan.Job held = PlanMain.jobs(folder, 1).iterator().next();
        JobFolder job = Workspace.view(site.workspace()).job(held.type(), held.id());
        SortedMap<String, Long> all = new TreeMap<>(Map.of(Resource.LICENCE.text(), (long) Resource.LICENCE.size()));
        try (TokenDesk desk = new TokenDesk(TokenFolder.of(site.workspace()), InstantSource.system())) {
            TokenShare taken = desk.ask("faults.other/" + held.id(), "", all, 0);
            assertThat(taken.isHeld()).isTrue();
            site.ledger().release();
            for (ProcessHandle process : cutOff) {
                site.signal("CONT", process);
            }
            assertThat(site.await(a)).as(site.log()).isOne();
            assertThat(job.status())
                    .isInstanceOfSatisfying(
                            JobStatus.Failed.class,
                            failed -> assertThat(failed.cause()).isEqualTo(FailureCause.TOKENS_LOST));
        }

        assertThat(site.finish()).as(site.log()).isZero();
        assertThat(new Laws(site).broken()).isEmpty();
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
