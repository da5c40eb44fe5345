package org.experimaestro.web.file;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.WorkspaceException;
import org.experimaestro.core.json.Json;
import org.experimaestro.web.http.HttpProblem;
import org.experimaestro.web.http.Response;

/**
 * A search in a log from its beginning to its end, in little memory. Each line of the response is a match, the progress,
 * or the end with the exact numbers. A line of more than a megabyte is searched in parts. Confined to one thread.
 */
final class LogSearch implements Response.Body {
    /** The media type of lines of JSON. */
    static final String TYPE = "application/x-ndjson";

    /** The most matches that are sent; all are counted. */
    static final int MOST_MATCHES = 1000;

    /** The characters around a match that are sent. */
    private static final int AROUND = 400;

    private static final int BUFFER = 1024 * 1024;

    /** Progress is also how the end of the client is noticed. */
    private static final Duration PROGRESS = Duration.ofMillis(200);

    private final RequestedLog log;
    private final LineMatcher matcher;
    private final Runnable end;
    private final byte[] buffer = new byte[BUFFER];
    private final StringBuilder lines = new StringBuilder();
    private long matches;
    private long lineBreaks;
    private long position; // of the first byte of the buffer
    private long size;
    private long sent = System.nanoTime();

    LogSearch(RequestedLog log, LineMatcher matcher, Runnable end) {
        this.log = log;
        this.matcher = matcher;
        this.end = end;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        Optional<SeekableByteChannel> opened = log.open();
        if (opened.isPresent()) {
            try (SeekableByteChannel channel = opened.get()) {
                search(channel, out);
            } catch (WorkspaceException tooMuch) {
                add(Map.of(
                        "problem",
                        HttpProblem.badRequest(String.valueOf(tooMuch.getMessage()))
                                .answer()));
                send(out);
                return;
            }
        }
        Map<String, Object> last = new LinkedHashMap<>();
        last.put("done", true);
        last.put("matches", matches);
        last.put("lines", lineBreaks);
        add(last);
        send(out);
    }

    private void search(SeekableByteChannel channel, OutputStream out) throws IOException {
        size = channel.size();
        int held = 0;
        boolean isEnd = false;
        boolean isLineOpen = false;
        while (!isEnd) {
            int read = read(channel, held);
            isEnd = read == 0;
            held += read;
            int used = searchLines(held, isEnd, out);
            isLineOpen = used > 0 ? buffer[used - 1] != '\n' : isLineOpen;
            System.arraycopy(buffer, used, buffer, 0, held - used);
            held -= used;
            position += used;
        }
        lineBreaks += isLineOpen ? 1 : 0;
    }

    /** Fills the buffer behind its held bytes, and returns the number of new ones. */
    private int read(SeekableByteChannel channel, int held) throws IOException {
        long from = position + held;
        ByteBuffer rest = ByteBuffer.wrap(buffer, held, (int) Math.min(BUFFER - held, size - from));
        int begin = rest.position();
        channel.position(from);
        while (rest.hasRemaining() && channel.read(rest) >= 0) {
            // until the buffer is full, or the file ends
        }
        return rest.position() - begin;
    }

    /** Searches the whole lines of the buffer, or all of it at the end, and returns the number of bytes searched. */
    private int searchLines(int held, boolean isEnd, OutputStream out) throws IOException {
        int from = 0;
        for (int i = 0; i < held; i++) {
            if (buffer[i] == '\n') {
                searchLine(from, i);
                lineBreaks++;
                from = i + 1;
                sendProgress(from, out);
            }
        }
        boolean isTooLong = from == 0 && held == BUFFER;
        if (from < held && (isEnd || isTooLong)) {
            searchLine(from, held);
            from = held;
            sendProgress(from, out);
        }
        return from;
    }

    private void searchLine(int from, int to) {
        matcher.findAll(buffer, from, to, at -> found(at, from, to));
    }

    private void found(int at, int from, int to) {
        matches++;
        if (matches > MOST_MATCHES) {
            return;
        }
        int first = Math.max(from, at - AROUND / 2);
        int last = Math.min(to, first + AROUND);
        Map<String, Object> match = new LinkedHashMap<>();
        match.put("at", position + at);
        match.put("line", lineBreaks + 1);
        match.put("text", new String(buffer, first, last - first, StandardCharsets.UTF_8));
        add(match);
    }

    /** Sends the progress from time to time, also between lines for which an expression needs long. */
    private void sendProgress(int searched, OutputStream out) throws IOException {
        long now = System.nanoTime();
        if (now - sent < PROGRESS.toNanos()) {
            return;
        }
        sent = now;
        Map<String, Object> progress = new LinkedHashMap<>();
        progress.put("read", position + searched);
        progress.put("size", size);
        progress.put("matches", matches);
        add(progress);
        send(out);
    }

    private void add(Map<String, Object> line) {
        lines.append(Json.writeLine(line)).append('\n');
    }

    private void send(OutputStream out) throws IOException {
        out.write(lines.toString().getBytes(StandardCharsets.UTF_8));
        out.flush();
        lines.setLength(0);
    }

    @Override
    public void close() {
        end.run();
    }
}
