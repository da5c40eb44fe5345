package org.experimaestro.web.stream;

import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.experimaestro.WorkspaceException;
import org.experimaestro.core.json.Json;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.web.api.ApiResources;
import org.experimaestro.web.api.Monitored;
import org.experimaestro.web.http.HttpProblem;
import org.experimaestro.web.http.Query;
import org.jspecify.annotations.Nullable;

/**
 * The latest answers of requests and streams: several clients with the same question share the work. Only as many answers are
 * made at once as there are processors, because each needs memory; a page that is opened again and again asks for many that
 * nobody waits for any more. Thread-safe.
 */
public final class LiveAnswers {
    private static final System.Logger LOGGER = System.getLogger(LiveAnswers.class.getName());

    private static final int MOST = 128;

    /** The most characters of all answers that are kept; a larger answer is made for each question. */
    private static final long MOST_CHARACTERS = 8_000_000;

    /** A question may depend on the time, such as age<2h. So an answer is made again after this time at the latest. */
    private static final Duration LONGEST = Duration.ofSeconds(15);

    /** A request takes an answer whose making began at most so long before: files that no index sees may have changed. */
    private static final Duration FRESH = Duration.ofMillis(250);

    private final LiveWorkspace workspace;
    private final Resources resources;
    private final Semaphore places;
    private final Map<LiveQuestion, Known> known = new LinkedHashMap<>(MOST, 0.75f, true);

    /**
     * Creates a memory without answers.
     *
     * @param workspace the workspace that they are about
     */
    public LiveAnswers(LiveWorkspace workspace) {
        this(workspace, ApiResources::answer, Runtime.getRuntime().availableProcessors());
    }

    LiveAnswers(LiveWorkspace workspace, Resources resources, int places) {
        this.workspace = workspace;
        this.resources = resources;
        this.places = new Semaphore(places, true);
    }

    /** The resources of the API, which make answers. */
    @FunctionalInterface
    interface Resources {
        Map<String, @Nullable Object> answer(Monitored monitored, List<String> path, Query query) throws IOException;
    }

    /**
     * The moment of an answer.
     *
     * @param version the version of the index
     * @param actions the number of actions that the server has performed, some of which the index does not see
     * @param period the number of the period of time
     */
    record Moment(long version, long actions, long period) {}

    /** An answer that is made, or was. */
    private static final class Known {
        private final Moment moment;
        private final CompletableFuture<Made> made = new CompletableFuture<>();
        /** The time at which its making began; 0 before. */
        private volatile long begun;

        Known(Moment moment) {
            this.moment = moment;
        }

        /** Returns whether a request may take it: an answer that begins, goes on, or has just been made. Problems may be over. */
        boolean isFresh() {
            Made now = finished();
            return begun == 0 || System.nanoTime() - begun <= FRESH.toNanos() && (now == null || now.problem() == null);
        }

        private @Nullable Made finished() {
            return made.isCompletedExceptionally() ? null : made.getNow(null);
        }

        long characters() {
            Made now = finished();
            return now == null ? 0 : now.json().length();
        }
    }

    /**
     * An answer.
     *
     * @param json the answer, or the problem, as JSON
     * @param problem the reason why there is no answer; {@code null} if there is one
     */
    private record Made(String json, @Nullable HttpProblem problem) {}

    Moment now() {
        return new Moment(workspace.version(), workspace.actions(), System.nanoTime() / LONGEST.toNanos());
    }

    /**
     * Answers a question of streams, once for all of them.
     *
     * @return the member {@code answer} or {@code problem} of an event, as JSON
     */
    String answer(LiveQuestion question, Moment moment) {
        Made made = made(question, moment, false);
        return (made.problem() == null ? "\"answer\":" : "\"problem\":") + made.json();
    }

    /**
     * Answers a request.
     *
     * @param path the segments of the path behind {@code /api/1/}
     * @param query the parameters
     * @return the answer as JSON, of files that were read at most a quarter of a second before
     * @throws HttpProblem if there is no answer
     */
    public String answer(List<String> path, Query query) {
        workspace.current();
        Made made = made(new LiveQuestion(path, query), now(), true);
        if (made.problem() != null) {
            throw made.problem();
        }
        return made.json();
    }

    private Made made(LiveQuestion question, Moment moment, boolean mustBeFresh) {
        Known latest;
        boolean isNew;
        synchronized (known) {
            latest = known.get(question);
            isNew = latest == null || !(latest.moment.equals(moment) && (!mustBeFresh || latest.isFresh()));
            if (latest == null || isNew) {
                latest = new Known(moment);
                known.put(question, latest);
            }
        }
        if (isNew) {
            try {
                latest.made.complete(make(question, latest));
            } finally {
                // After an error, for those who wait.
                latest.made.completeExceptionally(new IllegalStateException("The answer was not computed"));
                forgetOldest();
            }
        }
        return latest.made.join();
    }

    private void forgetOldest() {
        synchronized (known) {
            long characters =
                    known.values().stream().mapToLong(Known::characters).sum();
            Iterator<Known> oldest = known.values().iterator();
            while (oldest.hasNext() && (known.size() > MOST || characters > MOST_CHARACTERS)) {
                Known first = oldest.next();
                if (first.made.isDone()) {
                    characters -= first.characters();
                    oldest.remove();
                }
            }
        }
    }

    private Made make(LiveQuestion question, Known known) {
        places.acquireUninterruptibly();
        try {
            known.begun = System.nanoTime();
            Monitored monitored = workspace.current();
            return new Made(Json.writeLine(resources.answer(monitored, question.path(), question.query())), null);
        } catch (HttpProblem refused) {
            return problem(refused);
        } catch (IOException | WorkspaceException | JsonException unreadable) {
            return problem(HttpProblem.ofFault(unreadable));
        } catch (RuntimeException failed) {
            log(failed);
            return problem(HttpProblem.ofFault(failed));
        } catch (OutOfMemoryError full) {
            return problem(HttpProblem.ofFullMemory());
        } finally {
            places.release();
        }
    }

    static void log(Throwable failed) {
        LOGGER.log(System.Logger.Level.WARNING, "The web server cannot answer a question", failed);
    }

    private static Made problem(HttpProblem problem) {
        Map<String, Object> members = new LinkedHashMap<>(problem.answer());
        members.put("status", problem.status());
        return new Made(Json.writeLine(members), problem);
    }
}
