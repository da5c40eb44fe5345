package org.experimaestro.disturbance.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.experimaestro.disturbance.fuzz.Contract.Breach;

/** Has inputs read in a thread of its own, so that one that never ends is told too. */
final class Watch implements AutoCloseable {
    /** What a thread has by default on Linux with 64 bits. */
    private static final long STACK_BYTES = 1L << 20;

    private static final int LONGEST_SHOWN = 2_000;

    private final String name;
    private final Contract contract;
    private final Duration longest;
    private final Path folder;
    private final AtomicReference<Thread> reader = new AtomicReference<>();
    private final ExecutorService executor;

    Watch(String name, Contract contract, Duration longest, Path folder) {
        this.name = name;
        this.contract = contract;
        this.longest = longest;
        this.folder = folder;
        this.executor = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(null, task, "fuzz " + name, STACK_BYTES);
            thread.setDaemon(true);
            reader.set(thread);
            return thread;
        });
    }

    /** Has an input read that the parser must accept. */
    void accept(byte[] input) {
        read(input, true, "accepted", "");
    }

    /** Has an input read that the parser may refuse. */
    void tryOut(byte[] input, long number) {
        read(
                input,
                false,
                Long.toString(number),
                "\n-Dfuzz.seed=" + number + " -Dfuzz.inputs=1 tries this input again.");
    }

    private void read(byte[] input, boolean mustAccept, String number, String advice) {
        Future<Optional<Breach>> reading = executor.submit(() -> contract.check(input, mustAccept));
        try {
            Optional<Breach> breach = reading.get(longest.toNanos(), TimeUnit.NANOSECONDS);
            if (breach.isPresent()) {
                throw failure(input, number, advice, breach.get());
            }
        } catch (TimeoutException slow) {
            Throwable place = new IllegalStateException("still reading");
            place.setStackTrace(reader.get().getStackTrace());
            reading.cancel(true);
            throw failure(
                    input, number, advice, new Breach("has not ended after " + longest.toMillis() + " ms", place));
        } catch (ExecutionException | InterruptedException failed) {
            throw new IllegalStateException("Cannot have the parser of " + name + " read an input", failed);
        }
    }

    private AssertionError failure(byte[] input, String number, String advice, Breach breach) {
        Path file = folder.resolve(name + "-" + number + ".bin");
        try {
            Files.createDirectories(folder);
            Files.write(file, input);
        } catch (IOException failed) {
            throw new UncheckedIOException("Cannot write the input of " + name + " that fails", failed);
        }
        return new AssertionError(
                "The parser of " + name + " " + breach.problem() + ", with these " + input.length + " bytes, kept in "
                        + file.toAbsolutePath() + ":\n" + shown(input) + advice,
                breach.cause());
    }

    private static String shown(byte[] input) {
        StringBuilder text = new StringBuilder();
        new String(input, 0, Math.min(input.length, LONGEST_SHOWN), StandardCharsets.UTF_8)
                .codePoints()
                .forEach(letter -> text.append(
                        Character.isISOControl(letter) && letter != '\n'
                                ? "\\u%04X".formatted(letter)
                                : Character.toString(letter)));
        return input.length > LONGEST_SHOWN ? text + "…" : text.toString();
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
