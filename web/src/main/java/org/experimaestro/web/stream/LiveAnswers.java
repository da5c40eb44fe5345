package org.experimaestro.web.stream;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.experimaestro.WorkspaceException;
import org.experimaestro.core.json.Json;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.web.api.ApiResources;
import org.experimaestro.web.api.Monitored;
import org.experimaestro.web.http.HttpProblem;

/** The latest answers of streams: several clients with the same question share the work. Thread-safe. */
final class LiveAnswers {
    private static final System.Logger LOGGER = System.getLogger(LiveAnswers.class.getName());

    private static final int MOST = 128;

    /** A question may depend on the time, such as age<2h. So an answer is made again after this time at the latest. */
    private static final Duration LONGEST = Duration.ofSeconds(15);

    private final LiveWorkspace workspace;
    private final Map<LiveQuestion, Known> known = new LinkedHashMap<>(MOST, 0.75f, true);

    LiveAnswers(LiveWorkspace workspace) {
        this.workspace = workspace;
    }

    /**
     * The moment of an answer.
     *
     * @param version the version of the index
     * @param actions the number of actions that the server has performed, some of which the index does not see
     * @param period the number of the period of time
     */
    record Moment(long version, long actions, long period) {}

    private record Known(Moment moment, CompletableFuture<String> members) {}

    Moment now() {
        return new Moment(workspace.version(), workspace.actions(), System.nanoTime() / LONGEST.toNanos());
    }

    /**
     * Answers a question, once for all clients.
     *
     * @return the member {@code answer} or {@code problem} of an event, as JSON
     */
    String answer(LiveQuestion question, Moment moment) {
        Known latest;
        boolean isNew;
        synchronized (known) {
            latest = known.get(question);
            isNew = latest == null || !latest.moment().equals(moment);
            if (latest == null || isNew) {
                latest = new Known(moment, new CompletableFuture<>());
                known.put(question, latest);
                if (known.size() > MOST) {
                    known.remove(known.keySet().iterator().next());
                }
            }
        }
        if (isNew) {
            try {
                latest.members().complete(compute(question));
            } finally {
                // After an error such as a full heap, which nobody may wait for.
                latest.members().completeExceptionally(new IllegalStateException("The answer was not computed"));
            }
        }
        return latest.members().join();
    }

    private String compute(LiveQuestion question) {
        try {
            Monitored monitored = workspace.current();
            return "\"answer\":" + Json.writeLine(ApiResources.answer(monitored, question.path(), question.query()));
        } catch (HttpProblem refused) {
            return problem(refused);
        } catch (IOException | WorkspaceException | JsonException unreadable) {
            return problem(HttpProblem.ofFault(unreadable));
        } catch (RuntimeException failed) {
            log(failed);
            return problem(HttpProblem.ofFault(failed));
        }
    }

    static void log(RuntimeException failed) {
        LOGGER.log(System.Logger.Level.WARNING, "The web server cannot answer a question of a stream", failed);
    }

    private static String problem(HttpProblem problem) {
        Map<String, Object> members = new LinkedHashMap<>(problem.answer());
        members.put("status", problem.status());
        return "\"problem\":" + Json.writeLine(members);
    }
}
