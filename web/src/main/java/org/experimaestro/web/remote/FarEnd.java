package org.experimaestro.web.remote;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.experimaestro.core.json.Json;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.web.WorkspaceApi;
import org.experimaestro.web.http.Request;
import org.experimaestro.web.http.Response;
import org.experimaestro.workspace.Failures;

/** The side of a connection that has the workspace: it answers requests until the other side ends. */
public final class FarEnd {
    private static final System.Logger LOGGER = System.getLogger(FarEnd.class.getName());

    private final WorkspaceApi api;
    private final FrameStreams streams;
    private final Map<Integer, Answering> running = new ConcurrentHashMap<>();
    private final CountDownLatch ended = new CountDownLatch(1);

    private FarEnd(WorkspaceApi api, FrameStreams streams) {
        this.api = api;
        this.streams = streams;
    }

    /** An answer on its way. */
    private record Answering(AnswerOutput out, Thread thread) {
        void cancel() {
            out.cancel();
            thread.interrupt();
        }
    }

    /**
     * Tells the client why no workspace is shown.
     *
     * @param program the version of Experimaestro
     * @param problem the reason, and what the user can do
     * @param out the stream to the client
     * @throws IOException if the client has gone
     */
    public static void refuse(String program, String problem, OutputStream out) throws IOException {
        new Greeting(program, "", Optional.of(problem)).write(out);
    }

    /**
     * Answers until the client ends, has gone, or is silent for twenty seconds.
     *
     * @param api the workspace, which the caller closes
     * @param program the version of Experimaestro
     * @param in the stream from the client
     * @param out the stream to the client
     * @throws IOException if the workspace does not exist, or the client has gone before the first word
     * @throws InterruptedException if this thread is interrupted
     */
    public static void serve(WorkspaceApi api, String program, InputStream in, OutputStream out)
            throws IOException, InterruptedException {
        FrameStreams streams = new FrameStreams(in, out);
        new Greeting(program, api.place(), Optional.empty()).write(streams.out());
        new FarEnd(api, streams).serve();
    }

    private void serve() throws InterruptedException {
        Thread beats = Thread.ofVirtual().name("far-beats").start(this::beat);
        // A platform thread: it waits in a read of a pipe all the time.
        Thread.ofPlatform().daemon().name("far-requests").start(this::read);
        try {
            ended.await();
        } finally {
            beats.interrupt();
            running.values().forEach(Answering::cancel);
        }
    }

    private void beat() {
        try {
            streams.beatUntilSilent(FrameStreams.BEAT, FrameStreams.MOST_SILENCE);
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        } finally {
            ended.countDown();
        }
    }

    private void read() {
        try {
            boolean isOver = false;
            while (!isOver) {
                Optional<Frame> frame = streams.read();
                isOver = frame.isEmpty() || take(frame.get());
            }
        } catch (IOException | JsonException broken) {
            LOGGER.log(System.Logger.Level.WARNING, "The connection is broken: " + broken.getMessage());
        } finally {
            ended.countDown();
        }
    }

    /** Takes a frame, and returns whether it is the last one. */
    private boolean take(Frame frame) throws IOException {
        Optional<Answering> of = Optional.ofNullable(running.get(frame.answer()));
        switch (frame.kind()) {
            case REQUEST -> begin(frame.answer(), RequestText.parse(frame.text()));
            case TAKEN -> {
                int bytes = frame.number();
                of.ifPresent(answering -> answering.out().taken(bytes));
            }
            case CANCEL -> of.ifPresent(Answering::cancel);
            case END -> {
                streams.write(Frame.of(
                        FrameKind.ENDED, 0, Json.writeLine(api.dropNoted().dropped())));
                return true;
            }
            case BEAT -> {}
            case HEAD, DATA, DONE, FAILED, ENDED -> throw new IOException("a client sends no frame " + frame.kind());
        }
        return false;
    }

    private void begin(int answer, Request request) {
        AnswerOutput out = new AnswerOutput(streams, answer);
        Thread thread = Thread.ofVirtual().name("far-answer-" + answer).unstarted(() -> answer(answer, request, out));
        running.put(answer, new Answering(out, thread));
        thread.start();
    }

    private void answer(int answer, Request request, AnswerOutput out) {
        boolean isOver = false;
        try {
            isOver = send(answer, request, out);
        } catch (IOException gone) {
            isOver = true;
            ended.countDown();
        } finally {
            running.remove(answer);
            if (!isOver) {
                ended.countDown(); // after an error such as a full heap, no answer is sure to come
            }
        }
    }

    private boolean send(int answer, Request request, AnswerOutput out) throws IOException {
        Response response = api.respond(request);
        String failure = "";
        try (Response.Body body = response.body()) {
            streams.write(
                    Frame.of(FrameKind.HEAD, answer, ResponseHead.of(response).text()));
            failure = write(request, response, body, out);
        }
        streams.write(
                failure.isEmpty() ? Frame.of(FrameKind.DONE, answer) : Frame.of(FrameKind.FAILED, answer, failure));
        return true;
    }

    /** Writes a body, and returns why it could not be read to its end; an empty text if it could. */
    private static String write(Request request, Response response, Response.Body body, AnswerOutput out) {
        if (request.method().equals("HEAD") || response.length() == 0) {
            return "";
        }
        try {
            body.writeTo(out);
            out.flush();
            return "";
        } catch (IOException unreadable) {
            return Failures.reason(unreadable);
        } catch (RuntimeException failed) {
            LOGGER.log(System.Logger.Level.WARNING, "The far end cannot write an answer", failed);
            return "This is a fault of Experimaestro: " + failed;
        }
    }
}
