package org.experimaestro.web.remote;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.experimaestro.core.json.Json;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.web.http.Request;
import org.experimaestro.web.http.Response;

/** One connection to a far end, until it is lost or closed. Thread-safe. */
final class FarConnection implements AutoCloseable {
    private static final Duration MOST_GREETING = Duration.ofMinutes(1);

    private final String host;
    private final FarProgram program;
    private final FrameStreams streams;
    private final Greeting greeting;
    private final Consumer<FarConnection> lost;
    private final Map<Integer, PendingAnswer> pending = new ConcurrentHashMap<>();
    private final AtomicInteger last = new AtomicInteger();
    private final AtomicBoolean isOver = new AtomicBoolean();
    private volatile String reason;
    private final CompletableFuture<List<String>> ended = new CompletableFuture<>();

    private FarConnection(
            String host, FarProgram program, FrameStreams streams, Greeting greeting, Consumer<FarConnection> lost) {
        this.host = host;
        this.program = program;
        this.streams = streams;
        this.greeting = greeting;
        this.lost = lost;
        this.reason = "The connection to " + host + " was lost";
    }

    /**
     * Waits for the first word of a program that has started, and begins to take its answers.
     *
     * @param host the name of the host
     * @param program the program, which this connection closes, also if it cannot be opened
     * @param lost is called once when the connection is lost, unless it was closed
     * @throws RefusedConnectionException if the far end is of another version
     * @throws IOException if it does not greet, or shows no workspace
     */
    static FarConnection open(String host, FarProgram program, Consumer<FarConnection> lost) throws IOException {
        FrameStreams streams = new FrameStreams(program.output(), program.input());
        Greeting greeting;
        try {
            greeting = greeting(host, streams, program);
            if (greeting.problem().isPresent()) {
                // Such as a file system that is not mounted yet: another try may find the workspace.
                throw new IOException(host + ": " + greeting.problem().get());
            }
        } catch (IOException failed) {
            program.close();
            throw failed;
        }
        FarConnection connection = new FarConnection(host, program, streams, greeting, lost);
        Thread.ofPlatform().daemon().name("far-answers").start(connection::read);
        Thread.ofVirtual().name("near-beats").start(connection::beat);
        return connection;
    }

    private static Greeting greeting(String host, FrameStreams streams, FarProgram program) throws IOException {
        AtomicBoolean isLate = new AtomicBoolean();
        Thread limit = Thread.ofVirtual().name("far-greeting").start(() -> {
            try {
                Thread.sleep(MOST_GREETING);
                isLate.set(true);
                program.close();
            } catch (InterruptedException inTime) {
                Thread.currentThread().interrupt();
            }
        });
        try {
            return Greeting.read(streams.in());
        } catch (RefusedConnectionException other) {
            throw new RefusedConnectionException("Cannot read the workspace on " + host + ": " + other.getMessage());
        } catch (IOException failed) {
            String reason = isLate.get()
                    ? "its program has not begun within " + MOST_GREETING.toSeconds() + " s"
                    : failed.getMessage() + ": " + program.end();
            throw new IOException("Cannot read the workspace on " + host + ": " + reason, failed);
        } finally {
            limit.interrupt();
        }
    }

    /** Returns the real path of the workspace there. */
    String workspace() {
        return greeting.workspace();
    }

    /** Returns whether the connection was lost or closed. */
    boolean isOver() {
        return isOver.get();
    }

    /** Returns why the connection is over, as a sentence. */
    String reason() {
        return reason;
    }

    private void beat() {
        try {
            lose(streams.beatUntilSilent(FrameStreams.BEAT, FrameStreams.MOST_SILENCE));
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    private void read() {
        String problem = "";
        try {
            Optional<Frame> frame = streams.read();
            while (frame.isPresent() && problem.isEmpty()) {
                problem = takeOrRefuse(frame.get());
                frame = problem.isEmpty() ? streams.read() : frame;
            }
        } catch (IOException cut) {
            problem = "";
        }
        lose(problem);
    }

    /** Takes a frame, and returns what is wrong with it; an empty text if it is right. */
    private String takeOrRefuse(Frame frame) {
        try {
            take(frame);
            return "";
        } catch (IOException | JsonException wrong) {
            return String.valueOf(wrong.getMessage());
        }
    }

    private void take(Frame frame) throws IOException {
        PendingAnswer answer = pending.get(frame.answer());
        if (frame.kind() == FrameKind.ENDED) {
            ended.complete(strings(frame.text()));
        } else if (answer != null) { // frames of a cancelled answer still come for a while
            switch (frame.kind()) {
                case HEAD -> answer.head(ResponseHead.parse(frame.text()));
                case DATA -> answer.add(frame.bytes());
                case DONE -> answer.done();
                case FAILED -> answer.fail(new IOException(frame.text()));
                case BEAT -> {}
                case REQUEST, TAKEN, CANCEL, END, ENDED ->
                    throw new IOException("a far end sends no frame " + frame.kind());
            }
        }
    }

    private static List<String> strings(String json) throws IOException {
        if (Json.parse(json) instanceof List<?> list) {
            return list.stream().map(String::valueOf).toList();
        }
        throw new IOException("the last frame is no list");
    }

    /**
     * Ends all answers.
     *
     * @param found the reason; empty if the program has ended, which knows it
     */
    private void lose(String found) {
        if (!isOver.compareAndSet(false, true)) {
            return;
        }
        if (found.isEmpty()) {
            reason = program.end();
        } else {
            reason = "The connection to " + host + " was given up: " + found;
            program.close();
        }
        failPending();
        lost.accept(this);
    }

    private void failPending() {
        IOException failure = over();
        pending.values().forEach(answer -> answer.fail(failure));
        ended.completeExceptionally(failure);
    }

    private IOException over() {
        return new IOException(reason);
    }

    /**
     * Asks the far end.
     *
     * @param request the request
     * @return the response, whose body is to be closed
     * @throws IOException if the connection is lost
     */
    Response handle(Request request) throws IOException {
        int number = last.incrementAndGet();
        PendingAnswer answer = new PendingAnswer();
        pending.put(number, answer);
        try {
            if (isOver.get()) {
                throw over();
            }
            send(Frame.of(FrameKind.REQUEST, number, RequestText.of(request)));
            return answer.awaitHead().with(new FarBody(number, answer));
        } catch (InterruptedException ended) {
            forget(number, answer);
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("The question was cancelled");
        } catch (IOException failed) {
            forget(number, answer);
            throw failed;
        }
    }

    private void send(Frame frame) throws IOException {
        try {
            streams.write(frame);
        } catch (IOException gone) {
            lose("");
            throw over();
        }
    }

    private void forget(int number, PendingAnswer answer) {
        pending.remove(number);
        if (!answer.isOver() && !isOver.get()) {
            try {
                streams.write(Frame.of(FrameKind.CANCEL, number));
            } catch (IOException gone) {
                return; // the reader notices it as well
            }
        }
    }

    /** The body of an answer, which is told to the far end as it is taken. */
    private final class FarBody implements Response.Body {
        private final int number;
        private final PendingAnswer answer;

        private FarBody(int number, PendingAnswer answer) {
            this.number = number;
            this.answer = answer;
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            int taken = 0;
            try {
                Optional<byte[]> part = answer.awaitPart();
                while (part.isPresent()) {
                    out.write(part.get());
                    taken += part.get().length;
                    if (!answer.hasParts()) {
                        out.flush();
                    }
                    if (taken >= AnswerOutput.WINDOW / 2) {
                        send(Frame.of(FrameKind.TAKEN, number, taken));
                        taken = 0;
                    }
                    part = answer.awaitPart();
                }
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("The answer was cancelled");
            }
        }

        @Override
        public void close() {
            forget(number, answer);
        }
    }

    /**
     * Lets the far end drop the actions that wait, after which it ends.
     *
     * @param most the longest time that it may take
     * @return the dropped actions; empty if it has not told them
     */
    Optional<List<String>> end(Duration most) {
        try {
            streams.write(Frame.of(FrameKind.END, 0));
            return Optional.of(ended.get(most.toMillis(), TimeUnit.MILLISECONDS));
        } catch (IOException | ExecutionException | TimeoutException gone) {
            return Optional.empty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            close();
        }
    }

    /** Ends the connection, and the program at its other end. */
    @Override
    public void close() {
        if (isOver.compareAndSet(false, true)) {
            reason = "The connection to " + host + " was closed";
            program.close();
            failPending();
        }
    }
}
