package org.experimaestro.web.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.experimaestro.disturbance.program.Await;
import org.experimaestro.web.DroppedActions;
import org.experimaestro.web.http.HttpProblem;
import org.experimaestro.web.http.Query;
import org.experimaestro.web.http.Request;
import org.experimaestro.web.http.Response;
import org.experimaestro.web.http.SecurityHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The client and the far end, over pipes that can be cut. */
@Timeout(120)
class FarApiTest {
    private static final Duration SOON = Duration.ofMillis(20);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final FakeApi far = new FakeApi();
    private final FakeFarHost host = FakeFarHost.of(far);
    private final List<FarApi> opened = new ArrayList<>();

    @AfterEach
    void close() {
        opened.forEach(FarApi::close);
    }

    private FarApi open() throws IOException, InterruptedException {
        FarApi api = FarApi.open(host, SOON);
        opened.add(api);
        return api;
    }

    private static Request get(String path) {
        return new Request("GET", List.of(path.split("/")), Query.NONE, Map.of(), "");
    }

    private static Request post(String path) {
        return post(path, "{\"jobs\":[\"t.step/1\"]}");
    }

    private static Request post(String path, String body) {
        return new Request("POST", List.of(path.split("/")), Query.NONE, Map.of(), body);
    }

    private static byte[] body(Response response) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Response.Body body = response.body()) {
            body.writeTo(out);
        }
        return out.toByteArray();
    }

    private static void assertIsAnswered(FarApi api, long seed, int length) throws IOException {
        Response response = api.handle(get("bytes/" + seed + "/" + length));
        assertThat(response)
                .returns(200, Response::status)
                .returns("a/b", Response::type)
                .returns((long) length, Response::length)
                .returns(
                        Map.of("content-range", "" + seed, SecurityHeaders.POLICY, SecurityHeaders.FILE),
                        Response::headers);
        assertThat(body(response)).isEqualTo(FakeApi.bytes(seed, length));
    }

    /** An output that takes only as many bytes as it is let. */
    private static final class SlowOutput extends OutputStream {
        private final Semaphore room = new Semaphore(0);

        @Override
        public void write(int one) throws IOException {
            write(new byte[1], 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            room.acquireUninterruptibly(length);
        }
    }

    @Test
    void handle_manyQuestionsAtOnce_eachGetsItsAnswer() throws Exception {
        FarApi api = open();
        Random random = new Random(3);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> answers = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                int seed = i;
                int length = i % 10 == 0 ? random.nextInt(3_000_000) : random.nextInt(3_000);
                answers.add(threads.submit(() -> {
                    assertIsAnswered(api, seed, length);
                    return seed;
                }));
            }
            for (Future<?> answer : answers) {
                answer.get();
            }
        }
        assertThat(api.place()).isEqualTo("far:/work");
        assertThat(host.starts()).isEqualTo(1);
    }

    @Test
    void handle_problem_isAResponseWithItsAdvice() throws Exception {
        Response response = open().handle(get("nothing"));

        assertThat(response.status()).isEqualTo(404);
        assertThat(new String(body(response), StandardCharsets.UTF_8)).contains("There is nothing", "look elsewhere");
    }

    @Test
    void handle_bodyThatBreaksThere_breaksHereWithTheReason() throws Exception {
        Response response = open().handle(get("broken"));

        assertThatThrownBy(() -> body(response)).hasMessage("the disk is broken");
    }

    @Test
    void handle_headers_onlyThoseThatChooseAnAnswerAreSent() throws Exception {
        Map<String, List<String>> headers = Map.of(
                "range", List.of("bytes=1-2"), "cookie", List.of("secret"), "authorization", List.of("Bearer secret"));
        Response response = open().handle(new Request("GET", List.of("headers"), Query.NONE, headers, ""));

        assertThat(new String(body(response), StandardCharsets.UTF_8).strip()).isEqualTo("{\"range\":[\"bytes=1-2\"]}");
    }

    @Test
    void handle_slowReader_keepsNoOtherWaitingAndFillsNoMemory() throws Exception {
        FarApi api = open();
        SlowOutput slow = new SlowOutput();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> reading = threads.submit(() -> {
                try (Response.Body body = api.handle(get("endless")).body()) {
                    body.writeTo(slow);
                }
                return 0;
            });
            slow.room.release(3_000_000);
            Await.until("the answer to come", PATIENCE, () -> far.written() > 3_000_000);
            assertIsAnswered(api, 1, 2_000_000);
            Thread.sleep(200);
            assertThat(far.written()).isLessThan(3_000_000 + 3L * AnswerOutput.WINDOW);

            host.last().cut();
            slow.room.release(Integer.MAX_VALUE / 2);
            assertThatThrownBy(reading::get).hasMessageContaining("far was ");
        }
    }

    @Test
    void close_ofABody_endsTheAnswerThere() throws Exception {
        open().handle(get("endless")).body().close();

        assertThat(far.isCancelled()).isTrue();
    }

    @Test
    void handle_cutAfterEachNumberOfBytes_isAnsweredOrFailsAndNeverHangs() throws Exception {
        FarApi whole = open();
        long greeting = host.last().answered();
        assertIsAnswered(whole, 5, 300);
        long all = host.last().answered();
        int answered = 0;
        for (long bytes = greeting; bytes < all; bytes++) {
            host.cutNextAfter(bytes);
            try (FarApi api = FarApi.open(host, PATIENCE)) {
                assertIsAnswered(api, 5, 300);
                answered++;
            } catch (HttpProblem | IOException cut) {
                assertThat(cut.getMessage()).contains("far was ");
            }
        }
        assertThat(answered)
                .as("the last frame has nine bytes, and beats come between")
                .isLessThan(30);
    }

    @Test
    void handle_connectionLost_isRefusedUntilItIsBack() throws Exception {
        FarApi api = open();
        host.failUntilHealed(new IOException("no route to host"));
        host.last().cut();

        Await.until("the loss to be noticed", PATIENCE, () -> isRefused(api, "no route to host"));
        host.heal();
        Await.until("the connection to be back", PATIENCE, () -> host.starts() == 2 && isAnswered(api));
        assertIsAnswered(api, 9, 5_000);
    }

    private static boolean isRefused(FarApi api, String reason) {
        try {
            body(api.handle(get("bytes/1/1")));
            return false;
        } catch (HttpProblem refused) {
            return refused.status() == 503 && refused.text().equals(reason);
        } catch (IOException cut) {
            return false;
        }
    }

    private static boolean isAnswered(FarApi api) {
        try {
            return body(api.handle(get("bytes/1/1"))).length == 1;
        } catch (HttpProblem | IOException lost) {
            return false;
        }
    }

    @Test
    void handle_refusedWhenTryingAgain_isNotTriedAgain() throws Exception {
        FarApi api = open();
        host.failNext(new RefusedConnectionException("far has refused the login"));
        host.last().cut();

        Await.until("the refusal", PATIENCE, () -> isRefused(api, "far has refused the login"));
        Thread.sleep(10 * SOON.toMillis());
        assertThat(host.starts()).isEqualTo(1);
        assertThatThrownBy(() -> api.handle(get("x")))
                .isInstanceOfSatisfying(
                        HttpProblem.class,
                        refused ->
                                assertThat(refused.advice()).contains("put that right, and start the command again"));
    }

    @Test
    void handle_actionWhoseAnswerIsLost_saysThatItMayHaveBeenPerformed() throws Exception {
        FarApi api = open();
        far.whenAsked(() -> host.last().cut());

        assertThatThrownBy(() -> api.handle(post("actions/kill")))
                .isInstanceOfSatisfying(
                        HttpProblem.class,
                        lost -> assertThat(lost.advice().orElse("")).contains("may have been performed"));
    }

    @Test
    void open_otherVersion_isRefused() {
        FakeFarHost other = FakeFarHost.running(
                (in, out) -> out.write("experimaestro-frames 7 {}\n".getBytes(StandardCharsets.US_ASCII)));

        assertThatThrownBy(() -> FarApi.open(other))
                .isInstanceOf(RefusedConnectionException.class)
                .hasMessage("Cannot read the workspace on far: its frames are of version 7, expected 1; use the same"
                        + " version of Experimaestro on both sides");
    }

    @Test
    void handle_farEndThatSendsWithoutEnd_isGivenUp() throws Exception {
        FakeFarHost flooding = FakeFarHost.running((in, out) -> {
            new Greeting("1", "/work", Optional.empty()).write(out);
            DataOutputStream frames = new DataOutputStream(out);
            for (; ; ) {
                Frame.of(FrameKind.DATA, 1, new byte[1000]).write(frames);
            }
        });
        try (FarApi api = FarApi.open(flooding, PATIENCE)) {
            assertThatThrownBy(() -> api.handle(get("x")))
                    .hasMessageContaining("more of an answer has come than there is room for");
        }
    }

    @Test
    void open_noWorkspaceThere_isRefusedInItsWords() {
        FakeFarHost empty = FakeFarHost.running((in, out) -> FarEnd.refuse("1", "There is no workspace in /data", out));

        assertThatThrownBy(() -> FarApi.open(empty)).hasMessage("far: There is no workspace in /data");
    }

    @Test
    void open_programThatEndsAtOnce_isAnErrorWithItsEnd() {
        FakeFarHost broken = FakeFarHost.running((in, out) -> {});

        assertThatThrownBy(() -> FarApi.open(broken))
                .hasMessage(
                        "Cannot read the workspace on far: it has ended before its first word: The program on far was cut");
    }

    @Test
    void dropNoted_endsTheFarEndAndTellsItsActions() throws Exception {
        far.dropAtEnd(List.of("clean of 3 jobs"));
        FarApi api = open();

        assertThat(api.dropNoted()).isEqualTo(new DroppedActions(List.of("clean of 3 jobs"), ""));
        assertThat(host.last().hasEnded()).isTrue();
        assertThatThrownBy(() -> api.handle(get("x"))).hasMessage("Cannot read far:/work: this view ends");
    }

    @Test
    void dropNoted_connectionLostAfterAnAction_saysThatItIsUnknown() throws Exception {
        FarApi api = open();
        api.handle(post("actions/clean")).body().close();
        host.last().cut();

        assertThat(api.dropNoted().sentences("You left"))
                .containsExactly("far has not said what became of the actions that were confirmed within the last 80 s:"
                        + " look at their jobs, because they may have been performed");
    }

    @Test
    void dropNoted_connectionLostAfterPlansAndKills_leavesNothingUnknown() throws Exception {
        FarApi api = open();
        for (Request request : List.of(
                post("actions/clean", "{\"jobs\":[\"t.step/1\"],\"plan\":true}"),
                post("actions/clean", "{\"jobs\":[\"t.step/1\"],\"hold\":0}"),
                post("actions/kill"),
                post("actions/unknown"),
                post("actions/clean", "no JSON"))) {
            api.handle(request).body().close();
        }
        host.last().cut();

        assertThat(api.dropNoted()).isEqualTo(DroppedActions.NONE);
    }

    @Test
    void connectAgain_faultOfOurs_isToldAndTriedAgain() throws Exception {
        FarApi api = open();
        host.failUntilHealed(new IllegalStateException("no socket"));
        host.last().cut();

        Await.until(
                "the fault",
                PATIENCE,
                () -> isRefused(
                        api,
                        "Cannot connect to far, by a fault of Experimaestro:"
                                + " java.lang.IllegalStateException: no socket"));
        host.heal();
        Await.until("the connection to be back", PATIENCE, () -> isAnswered(api));
    }

    @Test
    void handle_connectionThatIsLostAgainAndAgain_isTriedMoreAndMoreSeldom() throws Exception {
        FarApi api = open();
        for (int i = 0; i < 8; i++) {
            Await.until("the connection", PATIENCE, () -> isAnswered(api));
            host.last().cut();
        }
        Await.until("a longer wait", PATIENCE, () -> {
            try {
                api.handle(get("x")).body().close();
                return false;
            } catch (HttpProblem lost) {
                return lost.advice().orElse("").matches("it is tried again in [1-9]\\d* s");
            } catch (IOException cut) {
                return false;
            }
        });
    }

    @Test
    void serve_clientThatGoes_endsAtOnce() throws Exception {
        FarApi api = open();
        Response response = api.handle(get("endless"));
        host.last().questions().close();

        assertThat(host.last().hasEnded()).isTrue();
        assertThat(far.isCancelled()).isTrue();
        response.body().close();
    }

    @Test
    void handle_interruptedQuestion_isGivenUpAndHarmsNoOther() throws Exception {
        FarApi api = open();
        Semaphore asked = new Semaphore(0);
        far.whenAsked(() -> {
            asked.release();
            try {
                Thread.sleep(PATIENCE);
            } catch (InterruptedException cancelled) {
                Thread.currentThread().interrupt();
            }
        });
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Response> question = threads.submit(() -> api.handle(get("bytes/1/1")));
            asked.acquire();
            threads.shutdownNow();
            assertThatThrownBy(question::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasMessageContaining("cancelled");
        }
        far.whenAsked(() -> {});
        assertIsAnswered(api, 2, 1_000);
        assertThat(host.starts()).isEqualTo(1);
    }
}
