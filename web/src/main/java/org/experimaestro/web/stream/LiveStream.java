package org.experimaestro.web.stream;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.experimaestro.core.json.Json;
import org.experimaestro.web.http.Response;
import org.jspecify.annotations.Nullable;

/**
 * The events of one client, as they are sent (server-sent events). The client's own thread makes the next answers after
 * the last ones were taken, so a slow client gets fewer of them, and keeps nobody waiting.
 */
final class LiveStream implements Response.Body {
    /** The time between two rounds of answers is at least this. */
    private static final Duration PAUSE = Duration.ofMillis(250);

    /** The time between two beats. */
    private static final Duration BEAT = Duration.ofSeconds(1);

    private final LiveWorkspace workspace;
    private final LiveAnswers answers;
    private final List<LiveQuestion> questions;
    private final String program;
    private final Runnable end;
    private final @Nullable String[] sent;

    LiveStream(
            LiveWorkspace workspace, LiveAnswers answers, List<LiveQuestion> questions, String program, Runnable end) {
        this.workspace = workspace;
        this.answers = answers;
        this.questions = questions;
        this.program = program;
        this.end = end;
        this.sent = new String[questions.size()];
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        try (LiveWorkspace.Watching _ = workspace.watching()) {
            send(out);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("The stream was ended");
        }
    }

    private void send(OutputStream out) throws IOException, InterruptedException {
        LiveAnswers.Moment answered = null;
        long beat = System.nanoTime();
        while (!workspace.isClosed()) {
            StringBuilder events = new StringBuilder();
            LiveAnswers.Moment now = answers.now();
            if (!now.equals(answered)) {
                appendAnswers(events, now);
                answered = now;
            }
            if (System.nanoTime() - beat >= 0) {
                appendBeat(events, now.version());
                beat = System.nanoTime() + BEAT.toNanos();
            }
            if (!events.isEmpty()) {
                out.write(events.toString().getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
            // A burst of changes makes one round of answers.
            Thread.sleep(PAUSE);
            workspace.awaitChange(now.version(), now.actions(), Duration.ofNanos(beat - System.nanoTime()));
        }
    }

    private void appendAnswers(StringBuilder events, LiveAnswers.Moment now) {
        for (int i = 0; i < sent.length; i++) {
            String members = answers.answer(questions.get(i), now);
            if (!members.equals(sent[i])) {
                sent[i] = members;
                append(events, "answer", "{\"of\":" + i + "," + members + "}");
            }
        }
    }

    private void appendBeat(StringBuilder events, long version) {
        Map<String, Object> beat = new LinkedHashMap<>();
        beat.put("at", workspace.lastRead().toString());
        beat.put("version", version);
        beat.put("program", program);
        append(events, "beat", Json.writeLine(beat));
    }

    private static void append(StringBuilder events, String name, String json) {
        events.append("event: ").append(name).append("\ndata: ").append(json).append("\n\n");
    }

    @Override
    public void close() {
        end.run();
    }
}
