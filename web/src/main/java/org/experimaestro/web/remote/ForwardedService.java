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
import org.experimaestro.workspace.ServiceDescription;
import org.experimaestro.workspace.SideProcess;

/**
 * A service of another host, as the host has answered. Of that, a number and a path are read, and nothing else is used.
 *
 * @param port the port there
 * @param page the path of its page
 */
record ForwardedService(int port, String page) {
    private static final PathPattern PATH = PathPattern.of("api/1/runs/{experiment}/{run}/services/{name}/address");

    /** The most bytes of an answer. */
    private static final int MOST_BYTES = 64 * 1024;

    /** A path and a query of printable ASCII, without a part behind #. */
    private static final Pattern PAGE = Pattern.compile("/[!-~&&[^#\\\\]]{0,2000}");

    /** Returns whether a request asks for the address of a service. */
    static boolean isAsked(Request request) {
        return request.method().equals("GET") && PATH.match(request.path()).isPresent();
    }

    /**
     * Reads an answer.
     *
     * @param host the name of the host
     * @param answer the host's answer, of status 200
     * @throws HttpProblem if the host has answered something else
     */
    static ForwardedService of(String host, Response answer) throws IOException {
        try {
            JsonObject there = JsonObject.of(Json.parse(text(answer)), "answer of " + host);
            String page = there.string("path");
            if (!PAGE.matcher(page).matches()) {
                throw new HttpProblem(
                        502, "Cannot open the service: " + host + " has answered with a path that is none");
            }
            return new ForwardedService(there.integer("port", 1, SideProcess.MOST_PORT), page);
        } catch (JsonException wrong) {
            throw new HttpProblem(502, "Cannot open the service: " + wrong.getMessage());
        }
    }

    private static String text(Response answer) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Response.Body body = answer.body()) {
            if (answer.length() < 0 || answer.length() > MOST_BYTES) {
                throw new HttpProblem(502, "Cannot open the service: the answer of the host is too long");
            }
            body.writeTo(bytes);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** Returns the answer with the address at a port of this machine. */
    Response at(String host, int local) {
        Map<String, Object> here = new LinkedHashMap<>();
        here.put("host", host);
        here.put("port", local);
        here.put("path", page);
        here.put("address", ServiceDescription.address(local, page));
        return Response.json(200, here);
    }
}
