package org.experimaestro.launcher.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A form: fields by name, as in the body of a request ({@code application/x-www-form-urlencoded}). */
final class WebForm {
    private WebForm() {}

    static String write(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field ->
                        URLEncoder.encode(field.getKey(), UTF_8) + "=" + URLEncoder.encode(field.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
    }

    static Map<String, String> read(String body) {
        Map<String, String> fields = new TreeMap<>();
        for (String field : body.split("&")) {
            int equals = field.indexOf('=');
            fields.put(
                    URLDecoder.decode(field.substring(0, equals), UTF_8),
                    URLDecoder.decode(field.substring(equals + 1), UTF_8));
        }
        return fields;
    }
}
