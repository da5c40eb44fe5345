package org.experimaestro.web.asset;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.experimaestro.web.http.Request;
import org.experimaestro.web.http.Response;
import org.jspecify.annotations.Nullable;

/** A file of the built page, compressed once when a browser first asks for it so. Thread-safe. */
final class Asset {
    private static final String TYPE_OF_OTHERS = "application/octet-stream";
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml",
            "png", "image/png",
            "json", "application/json",
            "txt", "text/plain; charset=utf-8");

    private static final int TAG_BYTES = 12;

    private final String type;
    private final byte[] bytes;
    private final String tag;
    private byte @Nullable [] compressed;

    private Asset(String type, byte[] bytes, String tag) {
        this.type = type;
        this.bytes = bytes;
        this.tag = tag;
    }

    static Asset of(String name, byte[] bytes) {
        String suffix = name.substring(name.lastIndexOf('.') + 1);
        return new Asset(TYPES.getOrDefault(suffix, TYPE_OF_OTHERS), bytes, tag(bytes));
    }

    private static String tag(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return "\"" + HexFormat.of().formatHex(digest, 0, TAG_BYTES) + "\"";
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every JDK has SHA-256", impossible);
        }
    }

    Response respond(Request request) {
        if (request.header("if-none-match").filter(tags -> tags.contains(tag)).isPresent()) {
            return new Response(304, "", Map.of("etag", tag, "vary", "accept-encoding"), 0, out -> {});
        }
        boolean takesGzip = request.headers().getOrDefault("accept-encoding", List.of()).stream()
                .flatMap(value -> List.of(value.split(",")).stream())
                .map(String::strip)
                .anyMatch(value -> value.equals("gzip") || value.startsWith("gzip;") && !value.endsWith("q=0"));
        Response response = Response.of(200, type, takesGzip ? compressed() : bytes)
                .with("etag", tag)
                .with("vary", "accept-encoding");
        return takesGzip ? response.with("content-encoding", "gzip") : response;
    }

    private synchronized byte[] compressed() {
        byte[] known = compressed;
        if (known == null) {
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
                out.write(bytes);
            } catch (IOException impossible) {
                throw new UncheckedIOException("Cannot compress a file of the page in memory", impossible);
            }
            known = packed.toByteArray();
            compressed = known;
        }
        return known;
    }
}
