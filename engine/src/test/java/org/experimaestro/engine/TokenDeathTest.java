package org.experimaestro.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.Launcher;
import org.experimaestro.Outcome;
import org.experimaestro.Token;
import org.experimaestro.engine.time.RunClock;
import org.experimaestro.trial.Driver;
import org.experimaestro.trial.DriverMain;
import org.experimaestro.trial.Lab;
import org.experimaestro.trial.Poll;
import org.experimaestro.workspace.token.TokenDesk;
import org.experimaestro.workspace.token.TokenFolder;
import org.experimaestro.workspace.token.TokenShare;
import org.experimaestro.workspace.token.TokenState;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Tokens of jobs in processes of their own, whose plans' processes end before them. */
@Tag("thorough")
@Timeout(180)
@EnabledOnOs(OS.LINUX)
final class TokenDeathTest extends LabFixture {
    private static final Map<String, String> LICENCE = Map.of(DriverMain.TOKEN, "licence");

    private static ExperimentPlan<String> plan(Lab lab, String name) {
        return (xp, settings) -> xp.submit(lab.step(name), Launcher.local().holding(xp.token("licence", 1)));
    }

    private TokenState tokens() {
        try {
            return TokenFolder.of(lab.workspace()).read();
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    private boolean isWaiting() {
        return tokens().shares().stream().anyMatch(share -> !share.isHeld());
    }

    /** The clock of this machine, on which all that is to happen later happens a hundred times as early. */
    private static final class HastyClock implements RunClock {
        @Override
        public Instant instant() {
            return SYSTEM.instant();
        }

        @Override
        public long nanoTime() {
            return SYSTEM.nanoTime();
        }

        @Override
        public void sleep(Duration time) throws InterruptedException {
            SYSTEM.sleep(time);
        }

        @Override
        public Alarm alarm(Duration delay, Runnable action) {
            return SYSTEM.alarm(delay.dividedBy(100), action);
        }
    }

    @Test
    void run_anotherPlanRaisesTheNumber_jobsThatWaitBegin() throws Exception {
        lab.clock(new HastyClock()).control().hold("a");
        lab.control().hold("b");
        CompletableFuture<RunResult> run = lab.start((xp, settings) -> {
            Launcher holding = Launcher.local().holding(xp.token("licence", 1));
            xp.submit(lab.step("a"), holding);
            xp.submit(lab.step("b"), holding);
        });
        lab.control().awaitExecution("a");
        try (TokenDesk other = new TokenDesk(TokenFolder.of(lab.workspace()), InstantSource.system())) {
            other.declare("licence", 2);
        }
        lab.control().awaitExecution("b"); // nothing has ended that could have been a reason to look
        lab.control().release("a");
        lab.control().release("b");
        assertThat(run.get().outcome()).isEqualTo(Outcome.DONE);
    }

    @Test
    void run_jobThatHoldsAToken_isDoneAndGivesItBack() throws Exception {
        lab.control().hold("a");
        CompletableFuture<RunResult> run = lab.start(plan(lab, "a"));
        lab.control().awaitExecution("a");
        assertThat(tokens().holders("licence"))
                .extracting(TokenShare::job)
                .containsExactly(lab.job("a").name());
        lab.control().release("a");
        assertThat(run.get().outcome()).isEqualTo(Outcome.DONE);
        assertThat(tokens().shares()).isEmpty();
    }

    @Test
    void driverIsKilled_jobThatRunsOnKeepsItsToken() throws Exception {
        lab.control().hold("a");
        try (Driver driver = Driver.start(lab, LICENCE, "a")) {
            lab.control().awaitExecution("a");
            driver.kill();
        }
        CompletableFuture<RunResult> next = lab.start(plan(lab, "b"));
        Poll.until("it waits for the token", this::isWaiting);
        assertThat(lab.control().executions()).containsExactly("a");

        lab.control().release("a");
        assertThat(next.get().outcome()).isEqualTo(Outcome.DONE);
        assertThat(lab.control().executions()).containsExactly("a", "b");
    }

    @Test
    void driverIsKilledWhileItWaits_othersAreNotKeptWaiting() throws Exception {
        lab.control().hold("a");
        CompletableFuture<RunResult> first = lab.start(plan(lab, "a"));
        lab.control().awaitExecution("a");
        try (Driver driver = Driver.start(lab, LICENCE, "c")) {
            Poll.until("it waits for the token", this::isWaiting);
            driver.kill();
        }
        CompletableFuture<RunResult> next = lab.start(plan(lab, "b"));
        lab.control().release("a");
        assertThat(first.get().outcome()).isEqualTo(Outcome.DONE);
        assertThat(next.get().outcome()).isEqualTo(Outcome.DONE);
        assertThat(lab.control().executions()).containsExactly("a", "b");
    }

    @Test
    void driverAndJobAreKilled_jobThatWaitsGetsTheToken() throws Exception {
        lab.control().hold("a");
        CompletableFuture<RunResult> next;
        try (Driver driver = Driver.start(lab, LICENCE, "a")) {
            lab.control().awaitExecution("a");
            next = lab.start(plan(lab, "b"));
            Poll.until("it waits for the token", this::isWaiting);
            driver.kill();
        }
        killJob("a");
        assertThat(next.get().outcome()).isEqualTo(Outcome.DONE);
        assertThat(lab.control().executions()).containsExactly("a", "b");
        assertThat(tokens().shares()).isEmpty();
    }

    @Test
    void driverIsInterruptedWhileItWaits_leavesTheLine() throws Exception {
        lab.control().hold("a");
        CompletableFuture<RunResult> first = lab.start(plan(lab, "a"));
        lab.control().awaitExecution("a");
        try (Driver driver = Driver.start(lab, LICENCE, "c")) {
            Poll.until("it waits for the token", this::isWaiting);
            driver.interrupt();
        }
        assertThat(tokens().shares())
                .extracting(TokenShare::job)
                .containsExactly(lab.job("a").name());
        lab.control().release("a");
        assertThat(first.get().outcome()).isEqualTo(Outcome.DONE);
    }

    @Test
    void run_tokensOfTheMachine_countInTheWholeMachine() throws Exception {
        lab.control().hold("a");
        CompletableFuture<RunResult> run = lab.start((xp, settings) -> {
            Token display = xp.machineToken("display", 1);
            Token licence = xp.token("licence", 2);
            for (String name : List.of("a", "b")) {
                xp.submit(lab.step(name), Launcher.local().holding(display).holding(licence, 2));
            }
        });
        lab.control().awaitExecution("a");
        TokenFolder machine = TokenFolder.ofMachine(lab.folder().resolve("state"));
        List<String> holders = new ArrayList<>();
        machine.read().holders("display").forEach(share -> holders.add(share.job() + " of " + share.workspace()));
        assertThat(holders).containsExactly(lab.job("a").name() + " of " + lab.workspace());
        lab.control().release("a");
        assertThat(run.get().outcome()).isEqualTo(Outcome.DONE);
        assertThat(machine.read().shares()).isEmpty();
    }
}
