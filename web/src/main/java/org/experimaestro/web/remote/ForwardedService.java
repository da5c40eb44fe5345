package org.experimaestro.web.remote;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.experimaestro.core.json.Json;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.core.json.JsonObject;
import org.experimaestro.web.http.HttpProblem;
import org.experimaestro.web.http.PathPattern;
import org.experimaestro.web.http.Request;
import org.experimaestro.web.http.Response;

/**
 * The address of a service of another host: that of this machine, whose port is forwarded there on demand. What the host has
 * answered is read as a number and a path, and nothing else of it is used.
 */
final class ForwardedService {
    private static final PathPattern PATH = PathPattern.of("api/1/runs/{experiment}/{run}/services/{name}/address");

    /** The most bytes of an answer. */
    private static final int MOST_BYTES = 64 * 1024;

    private static final int MOST_PORT = 65_535;

    /** A path and a query of printable ASCII, without a part behind #. */
    private static final Pattern PAGE = Pattern.compile("/[!-~&&[^#\\\\]]{0,2000}");

    private ForwardedService() {}

    /** Returns whether a request asks for the address of a service. */
    static boolean isAsked(Request request) {
        return request.method().equals("GET") && PATH.match(request.path()).isPresent();
    }

    /**
     * Forwards the port of an answer.
     *
     * @param host the host
     * @param answer the host's answer
     * @return the answer with the address of this machine; the host's own if it has refused
     * @throws HttpProblem if the port cannot be forwarded
     */
    static Response answer(FarHost host, Response answer) throws IOException {
        if (answer.status() != 200) {
            return answer;
        }
        try {
            JsonObject there = JsonObject.of(Json.parse(text(answer)), "answer of " + host.name());
            String page = there.string("path");
            if (!PAGE.matcher(page).matches()) {
                throw new HttpProblem(
                        502, "Cannot open the service: " + host.name() + " has answered with a path that is none");
            }
            int port = host.forward(there.integer("port", 1, MOST_PORT));
            Map<String, Object> here = new LinkedHashMap<>();
            here.put("host", host.name());
            here.put("port", port);
            here.put("path", page);
            here.put("address", "http://127.0.0.1:" + port + page);
            return Response.json(200, here);
        } catch (JsonException wrong) {
            throw new HttpProblem(502, "Cannot open the service: " + wrong.getMessage());
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new HttpProblem(503, "Cannot open the service: this view ends");
        } catch (IOException refused) {
            throw new HttpProblem(502, String.valueOf(refused.getMessage()));
        }
    }

    private static String text(Response answer) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Response.Body body = answer.body()) {
            if (answer.length() < 0 || answer.length() > MOST_BYTES) {
                throw new IOException("Cannot open the service: the answer of the host is too long");
            }
            body.writeTo(bytes);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
