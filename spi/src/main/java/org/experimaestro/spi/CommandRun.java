package org.experimaestro.spi;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A runner of a command on this machine, to its end. The command's input is written, and both of its outputs are
 * read, at the same time.
 */
public final class CommandRun {
    /** The largest text that is read from an output, in bytes. */
    public static final int LARGEST_TEXT = 64 * 1024 * 1024;

    private CommandRun() {}

    /** A writer of a command's input. */
    @FunctionalInterface
    public interface Input {

        /**
         * Writes the whole input. The caller closes the stream.
         *
         * @param stream the command's standard input; if the command stops reading, the failure of a write is not an
         *     error
         * @throws IOException if the data to be written cannot be read
         */
        void write(OutputStream stream) throws IOException;
    }

    /**
     * A reader of a command's output.
     *
     * @param <T> the type of the result
     */
    @FunctionalInterface
    public interface Output<T> {

        /**
         * Reads the output. The rest, which it does not read, is skipped.
         *
         * @param stream the command's standard output
         * @return the result
         * @throws IOException if the data cannot be stored, or is not as expected
         */
        T read(InputStream stream) throws IOException;
    }

    /**
     * The end of a command.
     *
     * @param exitCode its exit code; 128 + n if it was ended by signal n
     * @param out the result that was read from its standard output
     * @param err its standard error
     * @param <T> the type of the result
     */
    public record Result<T>(int exitCode, T out, String err) {}

    /**
     * Creates an input from a text.
     *
     * @param text the command's input, in UTF-8
     * @return the input
     */
    public static Input text(String text) {
        return stream -> stream.write(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads a text.
     *
     * @param stream UTF-8; other bytes become U+FFFD
     * @return the text
     * @throws IOException if it is longer than {@value #LARGEST_TEXT} bytes
     */
    public static String readText(InputStream stream) throws IOException {
        byte[] bytes = stream.readNBytes(LARGEST_TEXT + 1);
        if (bytes.length > LARGEST_TEXT) {
            throw new IOException("A command printed more than " + LARGEST_TEXT / (1024 * 1024) + " MiB");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /**
     * Runs a command. Blocks until its end. If it exceeds the limit, or its input or output fails, it is killed with
     * the processes that it has started.
     *
     * @param builder the command, with its folder and environment; its standard error may have been redirected
     * @param input the writer of its standard input
     * @param output the reader of its standard output
     * @param limit the longest time that it may take
     * @param <T> the type of the result
     * @return the end of the command
     * @throws IOException if it cannot be started, or {@code input} or {@code output} failed
     * @throws TimeoutException if it took longer
     * @throws InterruptedException if this thread is interrupted
     */
    public static <T> Result<T> run(ProcessBuilder builder, Input input, Output<T> output, Duration limit)
            throws IOException, TimeoutException, InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        Process process = builder.start();
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        try {
            FutureTask<Boolean> fed = fork(process, failure, "input", () -> feed(process, input));
            FutureTask<T> out = fork(process, failure, "output", () -> {
                try (InputStream stream = process.getInputStream()) {
                    T result = output.read(stream);
                    stream.transferTo(OutputStream.nullOutputStream());
                    return result;
                }
            });
            FutureTask<String> err = fork(process, failure, "errors", () -> {
                try (InputStream stream = process.getErrorStream()) {
                    return readText(stream);
                }
            });
            // The outputs end with the last process that has them open, which may be another process.
            T result = await(out, failure, deadline);
            String errors = await(err, failure, deadline);
            if (!process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                throw new TimeoutException();
            }
            await(fed, failure, deadline);
            return new Result<>(process.exitValue(), result, errors);
        } finally {
            kill(process);
        }
    }

    private static Boolean feed(Process process, Input input) throws IOException {
        AtomicBoolean broken = new AtomicBoolean();
        try (OutputStream stream = new Pipe(process.getOutputStream(), broken)) {
            input.write(stream);
            return true;
        } catch (IOException failed) {
            if (broken.get()) {
                return false;
            }
            throw failed;
        }
    }

    private static <T> FutureTask<T> fork(
            Process process, AtomicReference<@Nullable Throwable> failure, String name, Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(() -> {
            try {
                return work.call();
            } catch (IOException | RuntimeException | Error failed) {
                // No thread reads or writes any longer, so the command would wait forever. Its end makes the other
                // threads fail too.
                failure.compareAndSet(null, failed);
                process.destroyForcibly();
                throw failed;
            }
        });
        Thread.ofPlatform().daemon().name("command-" + name).start(task);
        return task;
    }

    private static <T> T await(FutureTask<T> task, AtomicReference<@Nullable Throwable> failure, long deadline)
            throws IOException, TimeoutException, InterruptedException {
        try {
            return task.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException failed) {
            if (failure.get() instanceof IOException first) {
                throw first;
            }
            throw new IllegalStateException("A command's stream was not handled", failed.getCause());
        }
    }

    private static void kill(Process process) {
        if (process.isAlive()) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** A stream that distinguishes a failure of the pipe from a failure of the writer. */
    private static final class Pipe extends FilterOutputStream {
        private final AtomicBoolean broken;

        private Pipe(OutputStream pipe, AtomicBoolean broken) {
            super(pipe);
            this.broken = broken;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                out.write(bytes, offset, length);
            } catch (IOException failed) {
                broken.set(true);
                throw failed;
            }
        }

        @Override
        public void flush() throws IOException {
            try {
                out.flush();
            } catch (IOException failed) {
                broken.set(true);
                throw failed;
            }
        }
    }
}
