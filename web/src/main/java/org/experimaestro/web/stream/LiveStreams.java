package org.experimaestro.web.stream;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.experimaestro.web.http.HttpProblem;
import org.experimaestro.web.http.Request;
import org.experimaestro.web.http.Response;

/** The streams of a server, of which only so many are open at once. Thread-safe. */
public final class LiveStreams {
    /** The most open streams. */
    static final int MOST = 32;

    /** The time between two beats. */
    private static final Duration BEAT = Duration.ofSeconds(1);

    private static final String TYPE = "text/event-stream; charset=utf-8";

    private final LiveWorkspace workspace;
    private final LiveAnswers answers;
    private final String program;
    private final Semaphore places = new Semaphore(MOST);

    /**
     * Creates the streams of a workspace.
     *
     * @param workspace the workspace
     * @param answers the answers of the workspace
     * @param program the version of Experimaestro, by which a page knows that it is older than the server
     */
    public LiveStreams(LiveWorkspace workspace, LiveAnswers answers, String program) {
        this.workspace = workspace;
        this.answers = answers;
        this.program = program;
    }

    /**
     * Opens a stream. A request of {@code HEAD} takes no place.
     *
     * @param request the request, with its questions
     * @return the response
     * @throws HttpProblem if the questions are wrong, or there are too many streams
     */
    public Response open(Request request) {
        List<LiveQuestion> questions = LiveQuestion.parse(request.query());
        if (request.method().equals("HEAD")) {
            return new Response(200, TYPE, Map.of(), Response.UNKNOWN_LENGTH, out -> {});
        }
        if (!places.tryAcquire()) {
            throw new HttpProblem(
                    503, "Cannot open a stream: " + MOST + " are open", "close other windows of this page");
        }
        return new Response(
                200,
                TYPE,
                Map.of(),
                Response.UNKNOWN_LENGTH,
                new LiveStream(workspace, answers, questions, program, BEAT, places::release));
    }
}
