package org.experimaestro.web.http;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request, decoded and within the limits of the server. Immutable.
 *
 * @param method the method in capitals, such as {@code GET}
 * @param path the segments of the path, each decoded; the root has none
 * @param query the parameters of the query
 * @param headers the values of each header by its name in lower case
 * @param body the body as text, empty without one
 */
public record Request(String method, List<String> path, Query query, Map<String, List<String>> headers, String body) {

    /** Copies the collections. */
    public Request {
        path = List.copyOf(path);
        headers = Map.copyOf(headers);
    }

    /**
     * Returns the value of a header.
     *
     * @param name the name in any case
     * @return its first value; empty if the request has none
     */
    public Optional<String> header(String name) {
        List<String> values = headers.get(name.toLowerCase(Locale.ROOT));
        return values == null || values.isEmpty() ? Optional.empty() : Optional.of(values.getFirst());
    }

    /**
     * Returns whether the request changes nothing.
     *
     * @return true for {@code GET} and {@code HEAD}
     */
    public boolean isSafe() {
        return method.equals("GET") || method.equals("HEAD");
    }
}
