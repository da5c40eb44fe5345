package org.experimaestro.disturbance.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.experimaestro.disturbance.fuzz.Contract.Breach;
import org.jspecify.annotations.Nullable;

/** Has inputs read one after the other in a thread of its own, and looks at it from outside: one of them may never end. */
final class Watch {
    /** What a thread has by default on Linux with 64 bits. */
    private static final long STACK_BYTES = 1L << 20;

    private static final int LONGEST_SHOWN = 2_000;

    private final String name;
    private final Contract contract;
    private final Duration longest;
    private final Path folder;
    private volatile @Nullable Reading now;

    /** An input that is being read. */
    private static final class Reading {
        final byte[] input;
        /** Empty for an input that the parser must accept. */
        final Optional<Long> number;
        /** By the system's nanoseconds. */
        final long since = System.nanoTime();

        Reading(byte[] input, Optional<Long> number) {
            this.input = input;
            this.number = number;
        }
    }

    Watch(String name, Contract contract, Duration longest, Path folder) {
        this.name = name;
        this.contract = contract;
        this.longest = longest;
        this.folder = folder;
    }

    /** Runs what calls {@link #accept} and {@link #tryOut}; throws an AssertionError if one of the inputs fails. */
    void run(Runnable inputs) {
        FutureTask<?> all = new FutureTask<>(inputs, null);
        Thread reader = new Thread(null, all, "fuzz " + name, STACK_BYTES);
        reader.setDaemon(true);
        reader.start();
        while (!isOver(all)) {
            Reading reading = now;
            if (reading != null && System.nanoTime() - reading.since > longest.toNanos()) {
                Throwable place = new IllegalStateException("still reading");
                place.setStackTrace(reader.getStackTrace());
                reader.interrupt();
                throw failure(reading, new Breach("has not ended after " + longest.toMillis() + " ms", place));
            }
        }
    }

    private boolean isOver(FutureTask<?> all) {
        try {
            all.get(longest.toNanos() / 10, TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException goesOn) {
            return false;
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof AssertionError failure) {
                throw failure;
            }
            throw new IllegalStateException("Cannot try inputs of " + name, failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while inputs of " + name + " were tried", interrupted);
        }
    }

    /** Has an input read that the parser must accept. */
    void accept(byte[] input) {
        read(new Reading(input, Optional.empty()));
    }

    /** Has an input read that the parser may refuse. */
    void tryOut(byte[] input, long number) {
        read(new Reading(input, Optional.of(number)));
    }

    private void read(Reading reading) {
        now = reading;
        Optional<Breach> breach = contract.check(reading.input, reading.number.isEmpty());
        now = null;
        if (breach.isPresent()) {
            throw failure(reading, breach.get());
        }
    }

    private AssertionError failure(Reading reading, Breach breach) {
        byte[] input = reading.input;
        Path file =
                folder.resolve(name + "-" + reading.number.map(Object::toString).orElse("accepted") + ".bin");
        try {
            Files.createDirectories(folder);
            Files.write(file, input);
        } catch (IOException failed) {
            throw new UncheckedIOException("Cannot write the input of " + name + " that fails", failed);
        }
        String advice = reading.number
                .map(number -> "\n-Dfuzz.seed=" + number + " -Dfuzz.inputs=1 tries this input again.")
                .orElse("");
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
}
