package org.experimaestro.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.experimaestro.PlanException;
import org.experimaestro.engine.time.RunClock;
import org.experimaestro.trial.AskingMain;
import org.experimaestro.trial.Poll;
import org.experimaestro.workspace.JobState;
import org.experimaestro.workspace.RunRequest;
import org.experimaestro.workspace.RunRequests;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests to a live run to stop: its jobs, which are processes, go on. */
@Tag("thorough")
@Timeout(120)
final class StopRequestTest extends RequestsFixture {
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
        assertThat(lab.recorder().ends()).containsExactly("stopped, left [a], not started [b]");
        assertThat(lab.status("a").isActive()).isTrue();
        assertThat(Files.readString(folder().path().resolve("run.json"))).contains("\"STOPPED\"");
        assertThat(lab.recorder().requests())
                .containsExactly("accepted: the run stops; its jobs go on, unless it was begun with --on-stop kill");
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
        assertThat(lab.recorder().ends()).containsExactly("stopped, executed [a], not started [b]");
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
        assertThat(lab.recorder().ends()).containsExactly("stopped, left [a], not started [b]");
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
}
