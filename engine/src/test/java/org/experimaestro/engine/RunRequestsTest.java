package org.experimaestro.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.experimaestro.Experiment;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.Outcome;
import org.experimaestro.PlanException;
import org.experimaestro.Report;
import org.experimaestro.RunMode;
import org.experimaestro.disturbance.OtherUser;
import org.experimaestro.engine.time.RunClock;
import org.experimaestro.trial.AskingMain;
import org.experimaestro.trial.Poll;
import org.experimaestro.trial.TestClock;
import org.experimaestro.workspace.JobState;
import org.experimaestro.workspace.RunEvent;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.RunRequest;
import org.experimaestro.workspace.RunRequests;
import org.experimaestro.workspace.Workspace;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests to a live run: stop, another number of jobs, another try of a job. */
@Timeout(120)
final class RunRequestsTest extends LabFixture {
    private final TestClock clock = new TestClock();

    @BeforeEach
    void setClock() {
        lab.clock(clock);
    }

    private ExperimentPlan<String> chain() {
        return (xp, settings) -> xp.submit(lab.step("b", xp.submit(lab.step("a"))));
    }

    private RunFolder folder() {
        return Workspace.view(lab.workspace()).experiment("trial").runs().getLast();
    }

    private RunRequests requests() {
        return new RunRequests(folder());
    }

    private RunRequests.Answer ask(RunRequest request) throws Exception {
        return answer(requests().send(request));
    }

    /** Lets a second pass, in which the run looks. */
    private RunRequests.Answer answer(String name) throws Exception {
        clock.awaitSleepers(1);
        clock.advance(Duration.ofSeconds(1));
        AtomicReference<RunRequests.Answer> answer = new AtomicReference<>();
        Poll.until("it is answered", () -> {
            try {
                Optional<RunRequests.Answer> found = requests().findAnswer(name);
                found.ifPresent(answer::set);
                return found.isPresent();
            } catch (IOException failed) {
                throw new IllegalStateException(failed);
            }
        });
        return answer.get();
    }

    @Test
    void stop_isAsCtrlC_andTheJobsGoOn() throws Exception {
        lab.control().hold("a");
        CompletableFuture<RunResult> run = lab.start(chain());
        lab.control().awaitExecution("a");
        RunRequests.Answer answer = ask(new RunRequest.Stop());

        assertThat(answer.isAccepted()).isTrue();
        assertThatThrownBy(run::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(InterruptedException.class);
        assertThat(lab.recorder().ends())
                .containsExactly("stopped, done [], failed [], skipped [], left [a], not started [b]");
        assertThat(lab.status("a").isActive()).isTrue();
        assertThat(Files.readString(folder().path().resolve("run.json"))).contains("\"STOPPED\"");
        assertThat(lab.recorder().requests()).containsExactly("accepted: the run stops; its jobs go on");
        lab.control().release("a");
    }

    @Test
    void stop_planThatKeepsInterruptsForItself_endsAllTheSame() throws Exception {
        lab.control().hold("a");
        CompletableFuture<RunResult> run = lab.start((xp, settings) -> {
            var a = xp.submit(lab.step("a"));
            try {
                xp.await(a);
            } catch (InterruptedException | PlanException kept) {
                xp.submit(lab.step("b"));
            }
        });
        lab.control().awaitExecution("a");
        ask(new RunRequest.Stop());

        assertThatThrownBy(run::get).hasCauseInstanceOf(InterruptedException.class);
        assertThat(lab.control().executions()).containsExactly("a");
        lab.control().release("a");
    }

    /** The plan hears of no interrupt, and returns as if nothing were the matter. */
    @Test
    void stop_planThatSleepsOutsideOfAwait_startsNoOtherJob() throws Exception {
        lab.slots(1);
        lab.control().hold("a");
        CountDownLatch rest = new CountDownLatch(1);
        CompletableFuture<RunResult> run = lab.start((xp, settings) -> {
            xp.submit(lab.step("a"));
            xp.submit(lab.step("b"));
            awaitUninterruptibly(rest);
        });
        lab.control().awaitExecution("a");
        ask(new RunRequest.Stop());
        lab.control().release("a");
        Poll.until("a is done", () -> lab.status("a").state() == JobState.DONE);
        String late = requests().send(new RunRequest.Retry(lab.job("a").name()));
        assertThat(answer(late)).isEqualTo(new RunRequests.Answer(false, "the run has ended"));
        rest.countDown();

        assertThatThrownBy(run::get).hasCauseInstanceOf(InterruptedException.class);
        assertThat(lab.control().executions()).containsExactly("a");
        assertThat(lab.recorder().ends())
                .containsExactly("stopped, done [a], failed [], skipped [], left [], not started [b]");
    }

    @Test
    void stop_duringASubmission_startsNothingOfIt() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        lab.control().hold("a");
        lab.listening(recorder -> onCall(recorder, "submitted", () -> {
            if (lab.find("b").isPresent()) {
                inside.countDown();
                awaitUninterruptibly(goOn);
            }
            return null;
        }));
        CompletableFuture<RunResult> run = lab.start((xp, settings) -> {
            xp.submit(lab.step("a"));
            lab.control().awaitExecution("a");
            xp.submit(lab.step("b"));
        });
        inside.await();
        assertThat(ask(new RunRequest.Stop()).isAccepted()).isTrue();
        goOn.countDown();

        assertThatThrownBy(run::get).hasCauseInstanceOf(InterruptedException.class);
        assertThat(lab.recorder().ends())
                .containsExactly("stopped, done [], failed [], skipped [], left [a], not started [b]");
        assertThat(lab.control().executions()).containsExactly("a");
        lab.control().release("a");
    }

    @Test
    void requests_ofTwoProcessesAtOnce_areAllAnswered_andEachIsDoneOnce() throws Exception {
        lab.clock(RunClock.SYSTEM);
        lab.control().hold("a");
        CompletableFuture<RunResult> run = lab.start(chain());
        lab.control().awaitExecution("a");
        Process one = AskingMain.start(lab, 25);
        Process two = AskingMain.start(lab, 25);
        assertThat(one.waitFor()).isZero();
        assertThat(two.waitFor()).isZero();

        assertThat(lab.recorder().requests()).hasSize(50).allMatch(answer -> answer.startsWith("accepted: "));
        lab.control().release("a");
        assertThat(run.get().executed()).isEqualTo(2);
    }

    /** The request is sent at the last moment: when the listener hears of the end. */
    @ParameterizedTest
    @ValueSource(strings = {"ended", "stopped"})
    void request_inTheLastMoment_isAnswered(String end) throws Exception {
        AtomicReference<String> sent = new AtomicReference<>();
        lab.listening(recorder -> onCall(recorder, end, () -> {
            sent.set(requests().send(new RunRequest.Stop()));
            return null;
        }));
        CompletableFuture<RunResult> run = lab.start((xp, settings) -> {
            if (end.equals("stopped")) {
                throw new IllegalStateException("no idea");
            }
        });
        run.handle((result, thrown) -> result).get();

        assertThat(requests().findAnswer(sent.get())).contains(new RunRequests.Answer(false, "the run has ended"));
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        while (true) {
            try {
                latch.await();
                return;
            } catch (InterruptedException ignored) {
                // as a library may do
            }
        }
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
        clock.awaitSleepers(1);
        String name = requests().send(new RunRequest.Jobs(3));
        clock.advance(Duration.ofSeconds(1));
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

    /** A listener that does something after a call. */
    private static RunListener onCall(RunListener recorder, String name, Callable<?> action) {
        return (RunListener) Proxy.newProxyInstance(
                RunListener.class.getClassLoader(), new Class<?>[] {RunListener.class}, (proxy, method, arguments) -> {
                    Object result = method.invoke(recorder, arguments);
                    if (method.getName().equals(name)) {
                        action.call();
                    }
                    return result;
                });
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

    /** It may be mended and tried again, when the project has been built anew. */
    @Test
    void submit_jobThatCannotBeRead_copiesTheCodeAllTheSame() throws Exception {
        lab.run(RunMode.DRY_RUN, (xp, settings) -> xp.submit(lab.step("a")));
        Path marker = lab.job("a").processFile(1).resolveSibling("done.json");
        Files.createDirectories(marker.getParent());
        Files.writeString(marker, "{");
        RunResult result = lab.run((xp, settings) -> xp.submit(lab.step("a")));

        assertThat(result.failures()).hasSize(1);
        assertThat(lab.workspace().resolve("classpath")).isNotEmptyDirectory();
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
        clock.awaitSleepers(1);
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
        clock.awaitSleepers(1);
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
                .isEqualTo("unknown request \"dance\"; this version knows stop, jobs and retry");
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
            clock.awaitSleepers(1);
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
}
