package org.experimaestro.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.experimaestro.Experiment;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.Outcome;
import org.experimaestro.Report;
import org.experimaestro.disturbance.OtherUser;
import org.experimaestro.trial.Corpus;
import org.experimaestro.trial.Poll;
import org.experimaestro.trial.Reads;
import org.experimaestro.workspace.RunEvent;
import org.experimaestro.workspace.RunRequest;
import org.experimaestro.workspace.RunRequests;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests to a live run: another number of jobs, another try of a job, and what is wrong with a request. */
@Timeout(120)
final class RunRequestsTest extends RequestsFixture {
    @BeforeEach
    void takeJobsInside() {
        lab.withoutProcesses();
    }

    @Test
    void jobs_afterTheLastJob_isRefused() throws Exception {
        CountDownLatch reporting = new CountDownLatch(1);
        CountDownLatch rest = new CountDownLatch(1);
        CompletableFuture<RunResult> run = lab.start(new ExperimentPlan<>() {
            @Override
            public void run(Experiment xp, String settings) {
                xp.submit(lab.step("a"));
            }

            @Override
            public void report(Report report) {
                reporting.countDown();
                awaitUninterruptibly(rest);
            }
        });
        reporting.await();

        assertThat(ask(new RunRequest.Jobs(2))).isEqualTo(new RunRequests.Answer(false, "the run has ended"));
        rest.countDown();
        assertThat(run.get().executed()).isEqualTo(1);
    }

    @Test
    void request_whileTheAnswerCannotBeWritten_isDoneOnce_andAnsweredLater() throws Exception {
        lab.control().hold("a");
        lab.listening(recorder -> onRequest(recorder, () -> {
            Path folder = folder().path().resolve("requests");
            return Files.move(folder, folder.resolveSibling("aside"));
        }));
        CompletableFuture<RunResult> run = lab.start(chain());
        lab.control().awaitExecution("a");
        clock.awaitSleeper();
        String name = requests().send(new RunRequest.Jobs(3));
        clock.wake();
        Poll.until("the run warns", () -> !lab.recorder().warnings().isEmpty());
        Path folder = folder().path().resolve("requests");
        Files.move(folder.resolveSibling("aside"), folder);

        assertThat(answer(name).isAccepted()).isTrue();
        assertThat(lab.recorder().requests()).hasSize(1);
        assertThat(lab.recorder().warnings())
                .singleElement()
                .asString()
                .startsWith("Requests to this run cannot be read or answered at present: ");
        lab.control().release("a");
        assertThat(run.get().executed()).isEqualTo(2);
    }

    /** A listener that does something when a request has been handled, before the answer is written. */
    private static RunListener onRequest(RunListener recorder, Callable<?> action) {
        return onCall(recorder, "requested", action);
    }

    /** The request is sent at the first moment at which a plan can know of its run. */
    @Test
    void request_inTheFirstMoment_isTaken() throws Exception {
        CompletableFuture<RunResult> run = lab.start((xp, settings) -> {
            if (requests().findSilence().isPresent()) {
                throw new IllegalStateException(requests().findSilence().get());
            }
            xp.submit(lab.step("a"));
        });
        assertThat(run.get().executed()).isEqualTo(1);
    }

    @Test
    void retry_journalAndCauses_areThoseOfTheNewTry() throws Exception {
        lab.control().fail("x");
        lab.control().hold("other");
        CompletableFuture<RunResult> run = lab.start((xp, settings) -> {
            xp.submit(lab.step("z", xp.submit(lab.step("y", xp.submit(lab.step("x"))))));
            xp.submit(lab.step("other"));
        });
        Poll.until("z is skipped", () -> lab.recorder().changes().contains("z SKIPPED"));
        String x = lab.job("x").name();
        lab.control().mend("x");
        lab.control().fail("y");
        ask(new RunRequest.Retry(x));
        Poll.until("y has failed", () -> lab.recorder().changes().contains("y FAILED"));
        lab.control().release("other");
        run.get();

        assertThat(events("x"))
                .containsSubsequence("FAILED 1 has message", "WAITING", "READY", "RUNNING", "RUNNING 2", "DONE 2");
        List<RunEvent> last = new ArrayList<>();
        folder().readEvents(0, event -> {
            if (event.job().equals(lab.job("z").name())) {
                last.add(event);
            }
        });
        String y = lab.job("y").name();
        assertThat(last.getLast().phase()).isEqualTo("SKIPPED");
        assertThat(last.getLast().message())
                .contains(y.substring(0, y.indexOf('/') + 9))
                .doesNotContain(",");
    }

    private List<String> events(String step) {
        List<String> events = new ArrayList<>();
        folder().readEvents(0, event -> {
            if (event.job().equals(lab.job(step).name())) {
                events.add(event.phase()
                        + (event.attempt().isPresent() ? " " + event.attempt().getAsInt() : "")
                        + (event.message().isEmpty() ? "" : " has message"));
            }
        });
        return events;
    }

    @Test
    void jobs_moreAndFewer_countAtOnce() throws Exception {
        lab.slots(1);
        for (String name : new String[] {"a", "b", "c"}) {
            lab.control().hold(name);
        }
        CompletableFuture<RunResult> run = lab.start((xp, settings) -> {
            xp.submit(lab.step("a"));
            xp.submit(lab.step("b"));
            xp.submit(lab.step("c"));
        });
        lab.control().awaitExecution("a");
        assertThat(ask(new RunRequest.Jobs(2)).message())
                .isEqualTo("at most 2 jobs run on this machine at once from now on");
        lab.control().awaitExecution("b");

        ask(new RunRequest.Jobs(1));
        lab.control().release("a");
        Poll.until("a is done", () -> lab.recorder().changes().contains("a DONE"));
        ask(new RunRequest.Jobs(1)); // the scheduler answers after it has filled the place of a
        assertThat(lab.recorder().changes()).contains("c READY").doesNotContain("c RUNNING");
        lab.control().release("b");
        lab.control().release("c");
        assertThat(run.get().executed()).isEqualTo(3);
    }

    @Test
    void retry_failedJob_isRunAgain_withThoseThatWereSkippedForIt() throws Exception {
        lab.control().fail("a");
        lab.control().hold("other");
        CompletableFuture<RunResult> run = lab.start((xp, settings) -> {
            xp.submit(lab.step("b", xp.submit(lab.step("a"))));
            xp.submit(lab.step("other"));
        });
        Poll.until("b is skipped", () -> lab.recorder().changes().contains("b SKIPPED"));
        assertThat(ask(new RunRequest.Retry(lab.job("b").name())).message())
                .startsWith("the job has not failed: it is skipped, since trial.step/")
                .contains(lab.job("a").name().substring(0, "trial.step/".length() + 8) + " failed; ");
        lab.control().mend("a");
        assertThat(ask(new RunRequest.Retry(lab.job("a").name())).isAccepted()).isTrue();
        Poll.until("b is done", () -> lab.recorder().changes().contains("b DONE"));
        lab.control().release("other");

        RunResult result = run.get();
        assertThat(result.outcome()).isEqualTo(Outcome.DONE);
        assertThat(result.executed()).isEqualTo(3);
        assertThat(result.failures()).isEmpty();
        assertThat(result.skipped()).isEmpty();
        assertThat(lab.job("a").status().lastAttempt()).hasValue(2);
        assertThat(lab.control().executions().stream().filter("a"::equals)).hasSize(2);
    }

    /** The plan waits for the job that is tried again, as if it had not ended. */
    @Test
    void retry_whileThePlanWaits_isWaitedFor() throws Exception {
        lab.control().fail("a");
        lab.control().hold("other");
        AtomicReference<Outcome> outcome = new AtomicReference<>();
        CompletableFuture<RunResult> run = lab.start((xp, settings) -> {
            xp.submit(lab.step("a"));
            xp.submit(lab.step("other"));
            outcome.set(xp.await());
        });
        Poll.until("a has failed", () -> lab.recorder().changes().contains("a FAILED"));
        lab.control().mend("a");
        lab.control().hold("a");
        ask(new RunRequest.Retry(lab.job("a").name()));
        lab.control().release("other");
        Poll.until("other is done", () -> lab.recorder().changes().contains("other DONE"));
        assertThat(outcome.get()).isNull();
        lab.control().release("a");

        assertThat(run.get().outcome()).isEqualTo(Outcome.DONE);
        assertThat(outcome.get()).isEqualTo(Outcome.DONE);
    }

    @Test
    void retry_jobsThatCannotBeTriedAgain_isRefused() throws Exception {
        lab.control().hold("a");
        CompletableFuture<RunResult> run = lab.start(chain());
        lab.control().awaitExecution("a");

        assertThat(ask(new RunRequest.Retry("trial.step/0123")).message()).isEqualTo("the run has not submitted it");
        assertThat(ask(new RunRequest.Retry(lab.job("a").name())).message())
                .isEqualTo("the job has not failed: it is running");
        lab.control().release("a");
        assertThat(run.get().executed()).isEqualTo(2);
    }

    @Test
    void request_whenTheRunEnds_isRefused() throws Exception {
        lab.control().hold("a");
        CompletableFuture<RunResult> run = lab.start(chain());
        lab.control().awaitExecution("a");
        clock.awaitSleeper();
        RunRequests requests = requests();
        String name = requests.send(new RunRequest.Stop());
        lab.control().release("a");
        run.get();

        assertThat(requests.findAnswer(name)).contains(new RunRequests.Answer(false, "the run has ended"));
        assertThat(requests.findSilence()).contains("has ended");
    }

    @Test
    void request_movedOrUnknownOrBroken_isRefused_andTheRunGoesOn() throws Exception {
        lab.control().hold("a");
        CompletableFuture<RunResult> run = lab.start(chain());
        lab.control().awaitExecution("a");
        clock.awaitSleeper();
        RunRequests requests = requests();
        Path folder = folder().path().resolve("requests");
        String name = requests.send(new RunRequest.Stop());
        Files.move(folder.resolve(name + ".json"), folder.resolve("moved.json"));
        Files.writeString(folder.resolve("broken.json"), "{");
        Files.writeString(folder.resolve("other.json"), """
                {"format": 2, "request": "dance", "run": "%s", "name": "other", "time": "2026-11-28T12:00:00.000Z",
                 "user": "x"}
                """.formatted("trial/" + folder().name()));

        assertThat(answer("moved").message()).contains("it was made as " + name);
        assertThat(answer("broken").isAccepted()).isFalse();
        assertThat(answer("other").message())
                .isEqualTo("unknown request \"dance\"; this version knows stop, pause, resume, jobs, retry and giveUp");
        lab.control().release("a");
        assertThat(run.get().executed()).isEqualTo(2);
    }

    @Test
    void request_ofAnotherUser_countsOnlyIfThisOneTrustsThem() throws Exception {
        OtherUser other = OtherUser.find().orElse(null);
        Assumptions.assumeTrue(other != null, "another user can only be played by root");
        for (boolean isTrusted : new boolean[] {false, true}) {
            String job = "a" + isTrusted;
            lab.trusting(user -> isTrusted);
            lab.control().hold(job);
            CompletableFuture<RunResult> run = lab.start((xp, settings) -> xp.submit(lab.step(job)));
            lab.control().awaitExecution(job);
            clock.awaitSleeper();
            String name = requests().send(new RunRequest.Jobs(3));
            other.own(folder().path().resolve("requests").resolve(name + ".json"));
            RunRequests.Answer answer = answer(name);

            assertThat(answer.isAccepted()).isEqualTo(isTrusted);
            if (!isTrusted) {
                assertThat(answer.message()).contains("whom the user of this run does not trust");
            }
            lab.control().release(job);
            run.get();
        }
    }

    @Test
    void retry_jobWhosePreparationFailed_preparesAgain() throws Exception {
        lab.control().fail("prepare-a");
        lab.control().hold("other");
        CompletableFuture<RunResult> run = lab.start((xp, settings) -> {
            xp.submit(Reads.of(lab.control(), "one", Corpus.of(lab.control(), "a")));
            xp.submit(lab.step("other"));
        });
        Poll.until("it is skipped", () -> lab.recorder().changes().contains("trial.reads SKIPPED"));
        lab.control().mend("prepare-a");
        assertThat(ask(new RunRequest.Retry(lab.job("trial.reads").name())).isAccepted())
                .isTrue();
        Poll.until("it is done", () -> lab.recorder().changes().contains("trial.reads DONE"));
        lab.control().release("other");

        assertThat(run.get().outcome()).isEqualTo(Outcome.DONE);
    }
}
