package org.experimaestro.web.remote;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.experimaestro.web.DroppedActions;
import org.experimaestro.web.WorkspaceApi;
import org.experimaestro.web.http.HttpProblem;
import org.experimaestro.web.http.Request;
import org.experimaestro.web.http.Response;

/**
 * An API whose answers tell whether they came unchanged: {@code bytes/SEED/LENGTH} is a body of random bytes, in pieces of
 * random sizes; {@code endless} never ends; {@code broken} ends within its body; anything else is refused. Thread-safe.
 */
final class FakeApi implements WorkspaceApi {
    private final AtomicLong written = new AtomicLong();
    private final CountDownLatch cancelled = new CountDownLatch(1);
    private volatile List<String> dropped = List.of();
    private volatile Runnable whenAsked = () -> {};

    static byte[] bytes(long seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    /** Returns the number of bytes that endless answers have written. */
    long written() {
        return written.get();
    }

    /** Waits until an endless answer was cancelled. */
    boolean isCancelled() throws InterruptedException {
        return cancelled.await(20, TimeUnit.SECONDS);
    }

    void dropAtEnd(List<String> actions) {
        dropped = actions;
    }

    /** Sets what is done before each answer. */
    void whenAsked(Runnable what) {
        whenAsked = what;
    }

    @Override
    public Response handle(Request request) {
        whenAsked.run();
        return switch (request.path().getFirst()) {
            case "bytes" -> {
                long seed = Long.parseLong(request.path().get(1));
                byte[] bytes = bytes(seed, Integer.parseInt(request.path().get(2)));
                yield new Response(
                        200,
                        "a/b",
                        Map.of("content-range", "" + seed, "set-cookie", "a=b"),
                        bytes.length,
                        out -> write(bytes, seed, out));
            }
            case "endless" -> new Response(200, "a/b", Map.of(), Response.UNKNOWN_LENGTH, new Endless());
            case "broken" ->
                new Response(200, "a/b", Map.of(), Response.UNKNOWN_LENGTH, out -> {
                    out.write(1);
                    throw new IOException("the disk is broken");
                });
            case "headers" -> Response.json(200, request.headers());
            default -> throw new HttpProblem(404, "There is nothing", "look elsewhere");
        };
    }

    private static void write(byte[] bytes, long seed, OutputStream out) throws IOException {
        Random random = new Random(seed);
        int done = 0;
        while (done < bytes.length) {
            int count = Math.min(bytes.length - done, 1 + random.nextInt(100_000));
            out.write(bytes, done, count);
            done += count;
            if (random.nextBoolean()) {
                out.flush();
            }
        }
    }

    private final class Endless implements Response.Body {
        @Override
        public void writeTo(OutputStream out) throws IOException {
            byte[] piece = new byte[10_000];
            for (; ; ) {
                out.write(piece);
                written.addAndGet(piece.length);
            }
        }

        @Override
        public void close() {
            cancelled.countDown();
        }
    }

    @Override
    public String place() {
        return "/work";
    }

    @Override
    public DroppedActions dropNoted() {
        return new DroppedActions(dropped, "");
    }

    @Override
    public void close() {}
}
