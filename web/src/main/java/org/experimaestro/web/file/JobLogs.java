package org.experimaestro.web.file;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.experimaestro.web.api.Monitored;
import org.experimaestro.web.api.WireJson;
import org.experimaestro.web.http.HttpProblem;
import org.experimaestro.web.http.Query;
import org.experimaestro.web.http.Request;
import org.experimaestro.web.http.Response;
import org.experimaestro.workspace.SideKind;

/** The handlers of {@code GET …/log} of a job or of a process beside a run, and of the search in a log. Thread-safe. */
public final class JobLogs {
    /** The most searches at once: each one may keep a core busy. */
    private static final int MOST_SEARCHES = 4;

    /** A browser that types goes on to the next search before the server has seen the end of the last one. */
    private static final int WAIT_SECONDS = 3;

    private static final int LEAST_COUNT = 1024;

    private final LineIndexes indexes = new LineIndexes();
    private final Semaphore searches = new Semaphore(MOST_SEARCHES);

    /** Creates the handlers. */
    public JobLogs() {}

    /**
     * Answers with a part of a log.
     *
     * @param monitored the workspace
     * @param request the request with the parameters {@code attempt}, {@code stream}, {@code from} and {@code count}
     * @param path the segments {@code type} and {@code id}
     * @return the part, by default the end
     * @throws HttpProblem if there is no such job or attempt, or a parameter is wrong
     * @throws IOException if the log cannot be read
     */
    public Response answer(Monitored monitored, Request request, Map<String, String> path) throws IOException {
        return answer(RequestedLog.find(monitored, path, request.query()), request.query());
    }

    /**
     * Answers with a part of the log of a process of an action or a service.
     *
     * @param monitored the workspace
     * @param request the request with the parameters {@code from} and {@code count}
     * @param path the segments {@code experiment}, {@code run}, {@code name} and {@code number}
     * @param kind the kind
     * @return the part, by default the end
     * @throws HttpProblem if there is no such process, or a parameter is wrong
     * @throws IOException if the log cannot be read
     */
    public Response answer(Monitored monitored, Request request, Map<String, String> path, SideKind kind)
            throws IOException {
        return answer(RequestedLog.find(monitored, path, kind), request.query());
    }

    private Response answer(RequestedLog log, Query query) throws IOException {
        int count = (int) query.number("count", LogWindow.MOST, LEAST_COUNT, LogWindow.MOST);
        long from = query.number("from", -1, 0, Long.MAX_VALUE);
        Optional<SeekableByteChannel> opened = log.open();
        if (opened.isEmpty()) {
            return Response.json(200, WireJson.of(nothing(log)));
        }
        try (SeekableByteChannel channel = opened.get()) {
            return Response.json(200, WireJson.of(read(log, channel, from, count)));
        }
    }

    private LogAnswer read(RequestedLog log, SeekableByteChannel channel, long from, int count) throws IOException {
        long size = channel.size();
        if (size == 0) {
            return nothing(log);
        }
        LogWindow window = from < 0
                ? LogWindow.last(channel, size, count, log.isGrowing())
                : LogWindow.at(channel, size, from, count, log.isGrowing());
        LineIndex index = indexes.of(log.file(), channel, size);
        return new LogAnswer(
                log.attempt(),
                log.stream(),
                size,
                window.from(),
                window.to(),
                index.lineAt(channel, window.from()),
                index.lines(size),
                window.text(),
                log.isGrowing(),
                Optional.empty());
    }

    private static LogAnswer nothing(RequestedLog log) {
        return new LogAnswer(
                log.attempt(),
                log.stream(),
                0,
                0,
                0,
                OptionalLong.empty(),
                OptionalLong.empty(),
                "",
                log.isGrowing(),
                Optional.of(log.reason()));
    }

    /**
     * Searches a log from its beginning to its end. The search ends when the client closes the connection.
     *
     * @param monitored the workspace
     * @param request the request with the parameters {@code attempt}, {@code stream}, {@code text}, {@code regex} and
     *     {@code case}
     * @param path the segments {@code type} and {@code id}
     * @return lines of JSON
     * @throws HttpProblem if there is no such log, the expression is wrong, or too many searches go on
     * @throws IOException if the log cannot be read
     */
    public Response search(Monitored monitored, Request request, Map<String, String> path) throws IOException {
        return search(RequestedLog.find(monitored, path, request.query()), request);
    }

    /**
     * Searches the log of a process of an action or a service.
     *
     * @param monitored the workspace
     * @param request the request with the parameters {@code text}, {@code regex} and {@code case}
     * @param path the segments {@code experiment}, {@code run}, {@code name} and {@code number}
     * @param kind the kind
     * @return lines of JSON
     * @throws HttpProblem if there is no such log, the expression is wrong, or too many searches go on
     * @throws IOException if the log cannot be read
     */
    public Response search(Monitored monitored, Request request, Map<String, String> path, SideKind kind)
            throws IOException {
        return search(RequestedLog.find(monitored, path, kind), request);
    }

    private Response search(RequestedLog log, Request request) throws IOException {
        Query query = request.query();
        List<String> texts = query.all("text"); // which may be a space
        if (texts.size() != 1 || texts.getFirst().isEmpty()) {
            throw HttpProblem.badRequest("Cannot search: the parameter text is missing, or given more than once");
        }
        LineMatcher matcher = LineMatcher.of(texts.getFirst(), query.isSet("regex"), query.isSet("case"));
        Optional<SeekableByteChannel> readable = log.open(); // a refusal is the answer, and no line of it
        if (readable.isPresent()) {
            readable.get().close();
        }
        if (request.method().equals("HEAD")) {
            return new Response(200, LogSearch.TYPE, Map.of(), Response.UNKNOWN_LENGTH, out -> {});
        }
        takePlace();
        return new Response(
                200, LogSearch.TYPE, Map.of(), Response.UNKNOWN_LENGTH, new LogSearch(log, matcher, searches::release));
    }

    private void takePlace() {
        try {
            if (searches.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
        throw new HttpProblem(
                503, "Cannot search: " + MOST_SEARCHES + " searches go on", "wait until one has ended, or stop one");
    }
}
