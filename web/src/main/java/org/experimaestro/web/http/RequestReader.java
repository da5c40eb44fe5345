package org.experimaestro.web.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.experimaestro.base.text.VisibleText;

/** A reader of requests, which refuses what has two meanings, such as {@code ..} or an escaped slash in a path. */
final class RequestReader {
    /** The most characters of a path with its query. */
    private static final int MOST_ADDRESS = 16 * 1024;

    /** The most bytes of a body. */
    private static final int MOST_BODY = 64 * 1024;

    private RequestReader() {}

    /**
     * Reads a request to its end.
     *
     * @throws HttpProblem if it is too large, or has two meanings
     * @throws IOException if the client has gone
     */
    static Request read(HttpExchange exchange) throws IOException {
        Map<String, List<String>> headers = new HashMap<>();
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
        String path = exchange.getRequestURI().getRawPath();
        String query = exchange.getRequestURI().getRawQuery();
        requireOneLength(headers);
        byte[] body = body(exchange);
        if (path == null || path.length() + (query == null ? 0 : query.length()) > MOST_ADDRESS) {
            throw new HttpProblem(414, "Cannot read the address: it has more than " + MOST_ADDRESS + " characters");
        }
        return new Request(
                exchange.getRequestMethod(),
                segments(path),
                query == null ? Query.NONE : Query.parse(query),
                headers,
                text(body));
    }

    /** Refuses a length that another program on the way could read as another one. The JDK's server refuses two. */
    private static void requireOneLength(Map<String, List<String>> headers) {
        for (String length : headers.getOrDefault("content-length", List.of())) {
            if (!length.chars().allMatch(each -> each >= '0' && each <= '9')) {
                throw HttpProblem.badRequest("Cannot read the request: its Content-Length is no number");
            }
        }
    }

    private static byte[] body(HttpExchange exchange) throws IOException {
        InputStream in = exchange.getRequestBody();
        byte[] body = in.readNBytes(MOST_BODY + 1);
        if (body.length > MOST_BODY) {
            throw new HttpProblem(413, "Cannot read the body: it has more than " + MOST_BODY + " bytes");
        }
        return body;
    }

    /** Returns the decoded segments. A slash at the end of the path says nothing. */
    private static List<String> segments(String path) {
        List<String> segments = new ArrayList<>();
        String inner = path.startsWith("/") ? path.substring(1) : path;
        if (inner.endsWith("/")) {
            inner = inner.substring(0, inner.length() - 1);
        }
        if (inner.isEmpty()) {
            return segments;
        }
        for (String segment : inner.split("/", -1)) {
            String decoded = decode(segment);
            if (!PercentText.isSegment(decoded)) {
                throw HttpProblem.badRequest("Cannot read the address: a segment of its path is \""
                        + VisibleText.of(decoded)
                        + "\"; none may be empty, lead to another folder, or have an escaped slash or"
                        + " control character");
            }
            segments.add(decoded);
        }
        return segments;
    }

    private static String decode(String segment) {
        if (segment.chars().anyMatch(each -> each < ' ' || each > '~')) {
            throw HttpProblem.badRequest("Cannot read the address: its path has a character that is not escaped");
        }
        return PercentText.decode(segment);
    }

    private static String text(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException wrong) {
            throw HttpProblem.badRequest("Cannot read the body: it is not UTF-8");
        }
    }
}
