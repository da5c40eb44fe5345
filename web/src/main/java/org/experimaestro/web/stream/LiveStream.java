package org.experimaestro.web.stream;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.experimaestro.core.json.Json;
import org.experimaestro.web.http.Response;
import org.jspecify.annotations.Nullable;

/**
 * The events of one client, as they are sent (server-sent events). A thread of the stream makes the next answers after the
 * last ones were taken, so a slow client gets fewer of them, and keeps nobody waiting. The client's own thread sends
 * them, and beats each second however long an answer takes.
 */
final class LiveStream implements Response.Body {
    /** The time between two rounds of answers is at least this. */
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final LiveWorkspace workspace;
    private final LiveAnswers answers;
    private final List<LiveQuestion> questions;
    private final String program;
    private final Duration beat;
    private final Runnable end;
    private final @Nullable String[] sent;
    private final SynchronousQueue<Round> rounds = new SynchronousQueue<>();

    /**
     * Creates a stream.
     *
     * @param beat the time between two beats
     * @param end is called once, at the end
     */
    LiveStream(
            LiveWorkspace workspace,
            LiveAnswers answers,
            List<LiveQuestion> questions,
            String program,
            Duration beat,
            Runnable end) {
        this.workspace = workspace;
        this.answers = answers;
        this.questions = questions;
        this.program = program;
        this.beat = beat;
        this.end = end;
        this.sent = new String[questions.size()];
    }

    /**
     * The answers of one moment.
     *
     * @param events those that differ from the last ones; may be empty
     * @param at the time at which the files were read, or later; {@code null} before the first answers
     * @param version the version of the index
     * @param isLast whether nothing follows
     */
    private record Round(String events, @Nullable String at, long version, boolean isLast) {}

    @Override
    public void writeTo(OutputStream out) throws IOException {
        Thread answering = Thread.ofVirtual().name("live-answers").start(this::answer);
        try {
            send(out);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("The stream was ended");
        } finally {
            answering.interrupt();
            // The place of a stream is free when its work has ended: otherwise a client that comes again and again
            // would have the server compute more answers than there are places.
            awaitEnd(answering);
        }
    }

    private static void awaitEnd(Thread answering) {
        try {
            answering.join();
        } catch (InterruptedException serverEnds) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(OutputStream out) throws IOException, InterruptedException {
        Round last = new Round("", null, 0, false);
        long next = System.nanoTime() + beat.toNanos();
        while (!last.isLast()) {
            StringBuilder events = new StringBuilder();
            Round round = rounds.poll(next - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (round != null) {
                events.append(round.events());
            }
            boolean isFirst = round != null && last.at() == null;
            last = round == null ? last : round;
            if (isFirst || System.nanoTime() - next >= 0) {
                appendBeat(events, last);
                next = System.nanoTime() + beat.toNanos();
            }
            if (!events.isEmpty()) {
                out.write(events.toString().getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
        }
    }

    /** Makes rounds of answers, until the stream or the workspace ends. */
    private void answer() {
        try (LiveWorkspace.Watching _ = workspace.watching()) {
            LiveAnswers.Moment answered = null;
            while (!workspace.isClosed()) {
                LiveAnswers.Moment now = answers.now();
                String at = workspace.lastRead().toString();
                String events = now.equals(answered) ? "" : answers(now);
                answered = now;
                rounds.put(new Round(events, at, now.version(), false));
                // A burst of changes makes one round of answers.
                Thread.sleep(PAUSE);
                workspace.awaitChange(now.version(), now.actions(), beat);
            }
            rounds.put(new Round("", null, 0, true));
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | OutOfMemoryError failed) {
            fail(failed);
        }
    }

    private void fail(Throwable failed) {
        LiveAnswers.log(failed);
        try {
            rounds.put(new Round("", null, 0, true));
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private String answers(LiveAnswers.Moment now) throws InterruptedException {
        StringBuilder events = new StringBuilder();
        for (int i = 0; i < sent.length; i++) {
            if (Thread.interrupted()) {
                throw new InterruptedException("The client has gone");
            }
            String members = answers.answer(questions.get(i), now);
            if (!members.equals(sent[i])) {
                sent[i] = members;
                append(events, "answer", "{\"of\":" + i + "," + members + "}");
            }
        }
        return events.toString();
    }

    /** Appends a beat, whose time is that of the answers that the client has, and none before it has any. */
    private void appendBeat(StringBuilder events, Round last) {
        Map<String, Object> members = new LinkedHashMap<>();
        if (last.at() != null) {
            members.put("at", last.at());
        }
        members.put("version", last.version());
        members.put("program", program);
        append(events, "beat", Json.writeLine(members));
    }

    private static void append(StringBuilder events, String name, String json) {
        events.append("event: ").append(name).append("\ndata: ").append(json).append("\n\n");
    }

    @Override
    public void close() {
        end.run();
    }
}
