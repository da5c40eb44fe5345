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
 * or the end with the exact numbers. A line of more than a megabyte is searched in parts: a match of an expression is
 * found there if it has at most 64 KiB. Confined to one thread.
 */
final class LogSearch implements Response.Body {
    /** The media type of lines of JSON. */
    static final String TYPE = "application/x-ndjson";

    /** The most matches that are sent; all are counted. */
    static final int MOST_MATCHES = 1000;

    /** The characters around a match that are sent. */
    private static final int AROUND = 400;

    private static final int BUFFER = 1024 * 1024;

    /** The bytes of a long line that are kept before the next part, for what a match shows and looks back at. */
    private static final int KEPT = 1024;

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
    private int looked; // bytes at the beginning of the buffer, of a long line, that were searched
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
        while (!isEnd) {
            int read = read(channel, held);
            isEnd = read == 0;
            held += read;
            int used = searchLines(held, isEnd, out);
            System.arraycopy(buffer, used, buffer, 0, held - used);
            held -= used;
            position += used;
        }
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

    /**
     * Searches the whole lines of the buffer, at the end also the last one, and a part of a line that fills the buffer.
     *
     * @return the index of the first byte that is still needed
     */
    private int searchLines(int held, boolean isEnd, OutputStream out) throws IOException {
        int line = 0;
        int from = looked;
        for (int i = 0; i < held; i++) {
            if (buffer[i] == '\n') {
                search(new LineMatcher.Part(line, from, i, true));
                lineBreaks++;
                line = i + 1;
                from = line;
                sendProgress(line, out);
            }
        }
        if (line < held && isEnd) {
            search(new LineMatcher.Part(line, from, held, true));
            lineBreaks++;
            line = held;
            from = held;
        } else if (line == 0 && held == BUFFER) {
            from = search(new LineMatcher.Part(line, from, held, false));
            line = LineMatcher.characterAt(buffer, Math.min(from, held - 1) - KEPT);
            sendProgress(from, out);
        }
        looked = from - line;
        return line;
    }

    private int search(LineMatcher.Part part) {
        return matcher.findAll(buffer, part, at -> found(at, part.begin(), part.to()));
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
