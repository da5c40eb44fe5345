package org.experimaestro.web.remote;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.experimaestro.core.json.Json;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.core.json.JsonObject;
import org.experimaestro.web.http.Response;
import org.experimaestro.web.http.SecurityHeaders;

/**
 * An answer without its body, and its form on the wire. Immutable.
 *
 * @param status the status
 * @param type the media type of the body; empty without one
 * @param headers further headers
 * @param length the number of bytes of the body, or {@link Response#UNKNOWN_LENGTH}
 */
record ResponseHead(int status, String type, Map<String, String> headers, long length) {
    /** The headers that say something of the body. What a browser may do with it is not for a host to say. */
    private static final List<String> HEADERS =
            List.of("accept-ranges", "allow", "content-disposition", "content-range");

    static ResponseHead of(Response response) {
        return new ResponseHead(response.status(), response.type(), response.headers(), response.length());
    }

    String text() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("status", status);
        json.put("type", type);
        json.put("headers", headers);
        json.put("length", length);
        return Json.writeLine(json);
    }

    /**
     * Reads a head.
     *
     * @throws JsonException if the text is none
     */
    static ResponseHead parse(String text) {
        JsonObject json = JsonObject.of(Json.parse(text), "response");
        JsonObject named = json.object("headers");
        Map<String, String> headers = new LinkedHashMap<>();
        HEADERS.stream().filter(named::has).forEach(name -> headers.put(name, named.string(name)));
        return new ResponseHead(json.integer("status", 100, 599), json.string("type"), headers, json.integer("length"));
    }

    /** Returns the response with its body, which runs nothing in a browser, whatever the host says of it. */
    Response with(Response.Body body) {
        return new Response(status, type, headers, length, body).with(SecurityHeaders.POLICY, SecurityHeaders.FILE);
    }
}
