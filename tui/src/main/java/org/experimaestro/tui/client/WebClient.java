package org.experimaestro.tui.client;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.experimaestro.core.json.Json;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.tui.wire.WireAction;
import org.experimaestro.tui.wire.WireFound;
import org.experimaestro.tui.wire.WireProblem;
import org.experimaestro.web.api.WireReader;
import org.experimaestro.web.http.Handler;
import org.experimaestro.web.http.HttpProblem;
import org.experimaestro.web.http.Query;
import org.experimaestro.web.http.Request;
import org.experimaestro.web.http.Response;

/** A client of the API, in this process or over a connection. Thread-safe. */
public final class WebClient implements WorkspaceClient {
    private static final String PREFIX = "api/1/";
    private static final int FIRST_REFUSAL = 400;

    private final Handler api;

    /**
     * Creates a client.
     *
     * @param api the handler of the API
     */
    public WebClient(Handler api) {
        this.api = api;
    }

    @Override
    public <T extends Record> T ask(ViewQuestion<T> question) throws RefusedQuestion {
        return WireReader.read(question.type(), text("GET", question.path(), ""));
    }

    @Override
    public WireAction act(String action, Map<String, Object> question) throws RefusedQuestion {
        return WireReader.read(WireAction.class, text("POST", "actions/" + action, Json.writeLine(question)));
    }

    private String text(String method, String path, String body) throws RefusedQuestion {
        WholeText text = new WholeText();
        write(method, path, body, text);
        return text.toString();
    }

    /** Writes the body of an answer, as it comes. */
    private void write(String method, String path, String body, OutputStream out) throws RefusedQuestion {
        try {
            Response response = api.handle(request(method, path, body));
            try (Response.Body content = response.body()) {
                requireSuccess(response);
                content.writeTo(out);
            }
        } catch (HttpProblem refused) {
            throw new RefusedQuestion(WireReader.read(WireProblem.class, refused.answer()));
        } catch (IOException unreadable) {
            throw new RefusedQuestion(WireReader.read(
                    WireProblem.class, HttpProblem.ofFault(unreadable).answer()));
        } catch (JsonException | UncheckedIOException wrong) {
            throw new RefusedQuestion(WireProblem.of(String.valueOf(wrong.getMessage())));
        }
    }

    /** Requires an answer: a workspace elsewhere tells its refusals as responses. */
    private static void requireSuccess(Response response) throws IOException, RefusedQuestion {
        if (response.status() >= FIRST_REFUSAL) {
            WholeText problem = new WholeText();
            response.body().writeTo(problem);
            throw new RefusedQuestion(WireReader.read(WireProblem.class, problem.toString()));
        }
    }

    private static Request request(String method, String path, String body) {
        int mark = path.indexOf('?');
        List<String> segments = new ArrayList<>();
        for (String segment : (PREFIX + (mark < 0 ? path : path.substring(0, mark))).split("/", -1)) {
            segments.add(URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8));
        }
        Query query = mark < 0 ? Query.NONE : Query.parse(path.substring(mark + 1));
        return new Request(method, segments, query, Map.of(), body);
    }

    @Override
    public void search(String path, Predicate<WireFound> next) throws RefusedQuestion {
        AtomicBoolean isUnwanted = new AtomicBoolean();
        LineOutput lines = new LineOutput(line -> {
            if (!next.test(WireReader.read(WireFound.class, line))) {
                isUnwanted.set(true);
                throw new IOException("Nobody wants more");
            }
        });
        try {
            write("GET", path, "", lines);
        } catch (RefusedQuestion refused) {
            if (!isUnwanted.get()) {
                throw refused;
            }
        }
    }

    @Override
    public Stream live(List<ViewQuestion<?>> questions, Listener listener) {
        AtomicBoolean isClosed = new AtomicBoolean();
        Thread thread = Thread.ofVirtual().name("terminal-answers").start(() -> {
            WireProblem end = follow(questions, listener);
            if (!isClosed.get()) {
                listener.lost(end);
            }
        });
        return () -> {
            isClosed.set(true);
            thread.interrupt();
        };
    }

    private WireProblem follow(List<ViewQuestion<?>> questions, Listener listener) {
        String path = questions.stream()
                .map(question -> "of=" + URLEncoder.encode(question.path(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&", "live?", ""));
        LiveEvents events = new LiveEvents(questions, listener);
        try {
            write("GET", path, "", new LineOutput(events::take));
            return WireProblem.of("The workspace is no longer read");
        } catch (RefusedQuestion refused) {
            return refused.problem();
        } catch (RuntimeException failed) {
            return WireReader.read(
                    WireProblem.class, HttpProblem.ofFault(failed).answer());
        }
    }
}
