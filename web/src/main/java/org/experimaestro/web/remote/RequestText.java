package org.experimaestro.web.remote;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.experimaestro.core.json.Json;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.core.json.JsonObject;
import org.experimaestro.web.http.Query;
import org.experimaestro.web.http.Request;
import org.jspecify.annotations.Nullable;

/** The form of requests on the wire. Only headers that choose an answer are sent: never a cookie, a key or a token. */
final class RequestText {
    private static final List<String> HEADERS = List.of("range", "if-range");

    private RequestText() {}

    static String of(Request request) {
        Map<String, Object> headers = new LinkedHashMap<>();
        for (String name : HEADERS) {
            List<String> values = request.headers().get(name);
            if (values != null) {
                headers.put(name, values);
            }
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("method", request.method());
        json.put("path", request.path());
        json.put("query", request.query().values());
        json.put("headers", headers);
        json.put("body", request.body());
        return Json.writeLine(json);
    }

    /**
     * Reads a request.
     *
     * @throws JsonException if the text is none
     */
    static Request parse(String text) {
        JsonObject json = JsonObject.of(Json.parse(text), "request");
        return new Request(
                json.string("method"),
                strings(json.list("path")),
                new Query(lists(json.object("query"))),
                lists(json.object("headers")),
                json.string("body"));
    }

    private static Map<String, List<String>> lists(JsonObject json) {
        Map<String, List<String>> lists = new LinkedHashMap<>();
        json.keys().forEach(key -> lists.put(key, strings(json.list(key))));
        return lists;
    }

    static List<String> strings(List<@Nullable Object> values) {
        List<String> strings = new ArrayList<>();
        for (Object value : values) {
            if (!(value instanceof String string)) {
                throw new JsonException("expected a list of texts");
            }
            strings.add(string);
        }
        return strings;
    }
}
