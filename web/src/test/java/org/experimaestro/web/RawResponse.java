package org.experimaestro.web;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** All that came over a connection until the server closed it, a character for each byte. */
public record RawResponse(String text) {

    public static RawResponse of(byte[] bytes) {
        return new RawResponse(new String(bytes, StandardCharsets.ISO_8859_1));
    }

    /** Returns the status of the first response; 0 if the connection was closed without one. */
    public int status() {
        return text.isEmpty() ? 0 : Integer.parseInt(text.substring(9, 12));
    }

    /** Returns the number of responses. */
    public int count() {
        return text.split("HTTP/1\\.1 ", -1).length - 1;
    }

    public Map<String, List<String>> headers() {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        int end = text.indexOf("\r\n\r\n");
        text.substring(0, end).lines().skip(1).forEach(line -> {
            int colon = line.indexOf(':');
            headers.computeIfAbsent(line.substring(0, colon).toLowerCase(Locale.ROOT), first -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        });
        return headers;
    }

    /** Returns the value of a header; empty without it. */
    public String header(String name) {
        return String.join(", ", headers().getOrDefault(name, List.of()));
    }

    /** Returns the body as it was sent, in UTF-8. */
    public String body() {
        int end = text.indexOf("\r\n\r\n") + 4;
        return new String(text.substring(end).getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
