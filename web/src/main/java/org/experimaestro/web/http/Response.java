package org.experimaestro.web.http;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.experimaestro.core.json.Json;

/**
 * A response. Immutable; its body may be written once.
 *
 * @param status the status
 * @param type the media type of the body; empty without one
 * @param headers further headers
 * @param length the number of bytes of the body; {@link #UNKNOWN_LENGTH} for a body that is written as it is made
 * @param body writes the body; it is not called for {@code HEAD}
 */
public record Response(int status, String type, Map<String, String> headers, long length, Body body) {
    /** The length of a body whose number of bytes is known at its end only. */
    public static final long UNKNOWN_LENGTH = -1;

    private static final String JSON = "application/json";

    /** The writer of a body. */
    @FunctionalInterface
    public interface Body extends Closeable {
        /**
         * Writes the body.
         *
         * @param out the open connection, which the caller closes
         * @throws IOException if the client has gone, or the source cannot be read
         */
        void writeTo(OutputStream out) throws IOException;

        /** Releases what the body holds. The server calls it once, also for a body that was never written. */
        @Override
        default void close() throws IOException {}
    }

    /** Copies the headers. */
    public Response {
        headers = Map.copyOf(headers);
    }

    /**
     * Creates a response with a body of known bytes.
     *
     * @param status the status
     * @param type the media type
     * @param bytes the body
     * @return the response
     */
    public static Response of(int status, String type, byte[] bytes) {
        return new Response(status, type, Map.of(), bytes.length, out -> out.write(bytes));
    }

    /**
     * Creates a response with plain text.
     *
     * @param status the status
     * @param text the text
     * @return the response
     */
    public static Response text(int status, String text) {
        return of(status, "text/plain; charset=utf-8", (text + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Creates a response with a JSON value.
     *
     * @param status the status
     * @param value a value that {@link Json} can write
     * @return the response
     */
    public static Response json(int status, Object value) {
        return ofJson(status, Json.writeLine(value));
    }

    /**
     * Creates a response with JSON that was written before.
     *
     * @param status the status
     * @param json the text
     * @return the response
     */
    public static Response ofJson(int status, String json) {
        return of(status, JSON, json.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Creates the response that tells a problem.
     *
     * @param problem the problem
     * @return the response of the API
     */
    public static Response of(HttpProblem problem) {
        return json(problem.status(), problem.answer());
    }

    /**
     * Creates a response that leads to another path.
     *
     * @param path the path on this server
     * @return a response of status 303
     */
    public static Response redirect(String path) {
        return new Response(303, "", Map.of("location", path), 0, out -> {});
    }

    /**
     * Returns the same response with another header.
     *
     * @param name the name
     * @param value the value
     * @return a new response
     */
    public Response with(String name, String value) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put(name, value);
        return new Response(status, type, all, length, body);
    }
}
