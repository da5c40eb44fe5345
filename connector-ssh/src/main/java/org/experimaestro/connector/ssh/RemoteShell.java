package org.experimaestro.connector.ssh;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.experimaestro.spi.CommandRun;
import org.experimaestro.spi.Shell;
import org.experimaestro.spi.ShellText;
import org.experimaestro.spi.UnreachableException;

/**
 * A shell that runs scripts over a transport, and distinguishes the end of a script from the end of the connection.
 * Thread-safe.
 *
 * <p>A script is enclosed in marks. The output of the login shell's start-up files comes before the mark of the
 * beginning, and is ignored. A mark on standard error, with the exit code, shows the end of a script. The output is
 * complete only if this mark is there, and the transport itself has succeeded.
 */
final class RemoteShell implements Shell {
    /** The number of bytes that are kept of what a login shell prints. */
    private static final int LAST_WORDS = 500;

    private final Transport transport;

    RemoteShell(Transport transport) {
        this.transport = transport;
    }

    String name() {
        return transport.name();
    }

    @Override
    public Output run(String script, Duration limit) throws UnreachableException, InterruptedException {
        Marks marks = Marks.create();
        try {
            CommandRun.Result<Found<String>> result = exchange(
                    "sh -s",
                    CommandRun.text(marks.enclose(ShellText.withoutInput(script))),
                    stream -> marks.read(stream, CommandRun::readText),
                    limit,
                    script);
            return outcome(marks, result);
        } catch (IOException failed) {
            throw new UnreachableException("Cannot read what " + name() + " prints: " + failed.getMessage(), failed);
        }
    }

    /**
     * Runs a script that reads or writes a stream. Blocks until its end.
     *
     * @param script a script without an error of syntax; its standard input is {@code input}
     * @param input the writer of its standard input
     * @param output the reader of its standard output
     * @param limit the longest time that it may take
     * @return the end of the script
     * @throws IOException if {@code input} or {@code output} failed, on this side
     * @throws UnreachableException if the host cannot be reached, or the script takes longer
     */
    <T> CommandRun.Result<T> stream(String script, CommandRun.Input input, CommandRun.Output<T> output, Duration limit)
            throws IOException, UnreachableException, InterruptedException {
        Marks marks = Marks.create();
        byte[] text = marks.enclose("(\n" + script + "\n)\n").getBytes(StandardCharsets.UTF_8);
        CommandRun.Result<Found<T>> result = exchange(
                reader(text),
                stream -> {
                    stream.write(text);
                    stream.flush();
                    input.write(stream);
                },
                stream -> marks.read(stream, output),
                limit,
                script);
        Optional<Marks.End> end = marks.findEnd(result.err());
        if (end.isEmpty() || result.exitCode() != 0 || result.out().value().isEmpty()) {
            throw failure(marks, result);
        }
        transport.worked();
        return new CommandRun.Result<>(
                end.get().exitCode(), result.out().value().get(), end.get().err());
    }

    /**
     * Returns a command that runs a script from its standard input, and leaves what follows it there. A shell that reads
     * its commands from a stream may read beyond them (as dash does), so they are cut off first. The line is the same in
     * all login shells: csh and fish interpret nothing in it between single quotes.
     */
    private static String reader(byte[] script) {
        return "sh -c 'eval \"$(dd bs=1 count=" + script.length + " 2>/dev/null)\"'";
    }

    /**
     * Starts a script that talks by its streams, and returns when it has begun.
     *
     * @param script a script without an error of syntax, which may {@code exec} a program
     * @param limit the longest time until it begins, in which a login shell reads its start-up files
     * @return its streams, to be closed
     * @throws UnreachableException if the host cannot be reached, or its shell does not run the script
     */
    HostProgram start(String script, Duration limit) throws UnreachableException, InterruptedException {
        Marks marks = Marks.create();
        byte[] text = (marks.opening() + script + "\n").getBytes(StandardCharsets.UTF_8);
        HostProgram program;
        try {
            program = new HostProgram(transport, transport.start(reader(text)));
        } catch (IOException failed) {
            throw new UnreachableException("Cannot start a program on " + name() + ": " + failed.getMessage(), failed);
        }
        // A thread of its own, because a read of a pipe can be neither interrupted nor limited.
        CompletableFuture<InputStream> begun = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("host-program-start").start(() -> begin(program, text, marks, begun));
        try {
            program.begun(begun.get(limit.toMillis(), TimeUnit.MILLISECONDS), marks.begin());
            transport.worked();
            return program;
        } catch (ExecutionException failed) {
            throw program.end();
        } catch (TimeoutException late) {
            program.close();
            throw new UnreachableException(
                    name() + " has not begun to run a program within " + limit.toMillis() + " ms", late);
        } catch (InterruptedException stopped) {
            program.close();
            throw stopped;
        }
    }

    /** Writes a script, and waits for its first word. */
    private static void begin(HostProgram program, byte[] script, Marks marks, CompletableFuture<InputStream> begun) {
        try {
            program.input().write(script);
            program.input().flush();
            marks.read(program.output(), stream -> stream)
                    .value()
                    .ifPresentOrElse(
                            begun::complete,
                            () -> begun.completeExceptionally(new EOFException("the script has not begun")));
        } catch (IOException failed) {
            begun.completeExceptionally(failed);
        }
    }

    /**
     * The output of a script.
     *
     * @param value the text after the mark of the beginning, empty if there is no mark
     * @param before the end of the text before it, which the login shell has printed
     */
    private record Found<T>(Optional<T> value, String before) {}

    private <T> CommandRun.Result<T> exchange(
            String command, CommandRun.Input input, CommandRun.Output<T> output, Duration limit, String script)
            throws IOException, UnreachableException, InterruptedException {
        try {
            return transport.exchange(command, input, output, limit);
        } catch (TimeoutException late) {
            throw new UnreachableException(
                    name() + " has not answered within " + limit.toMillis() + " ms: " + ShellText.firstLine(script),
                    late);
        }
    }

    private Output outcome(Marks marks, CommandRun.Result<Found<String>> result) throws UnreachableException {
        String out = result.out().value().orElse("");
        Optional<Marks.End> end = marks.findEnd(result.err());
        if (end.isPresent() && result.exitCode() == 0) {
            transport.worked();
            return new Output(end.get().exitCode(), out, end.get().err());
        }
        if (result.exitCode() == Transport.FAILED || result.exitCode() == 0 || !marks.hasBegun(result.err())) {
            throw failure(marks, result);
        }
        // The script cannot be parsed.
        return new Output(result.exitCode(), out, marks.afterBegin(result.err()));
    }

    /** Returns why a script has not come to its end. */
    private UnreachableException failure(Marks marks, CommandRun.Result<? extends Found<?>> result) {
        boolean begun = marks.hasBegun(result.err());
        String shellSays = result.out().before();
        if (begun && result.exitCode() == 0) {
            return new UnreachableException(
                    "The answer of " + name() + " was cut off: its shell has ended before the script");
        }
        boolean isSilent = result.err().isBlank() && !shellSays.isBlank();
        if (begun || result.exitCode() == Transport.FAILED && !isSilent) {
            return transport.trouble(marks.afterBegin(result.err()), begun);
        }
        String problem = "Cannot run a script on " + name()
                + ": the login works, but its shell has not run \"sh\" (exit code " + result.exitCode() + "): "
                + new Output(result.exitCode(), "", result.err() + "\n" + shellSays).complaint();
        return transport.hasWorked() ? new UnreachableException(problem) : UnreachableException.permanent(problem);
    }

    /** The marks around one script. The random part distinguishes them from the script's own output. */
    private record Marks(String begin, String end) {

        /** The exit code of a script, and its output on standard error. */
        record End(int exitCode, String err) {}

        static Marks create() {
            String random = Long.toUnsignedString(new java.security.SecureRandom().nextLong(), 36);
            return new Marks("experimaestro-begin-" + random, "experimaestro-end-" + random);
        }

        /** Returns the commands that print the marks of the beginning. */
        String opening() {
            return "printf '\\n%s\\n' " + begin + "; printf '\\n%s\\n' " + begin + " >&2\n";
        }

        String enclose(String subshell) {
            return opening() + subshell + "printf '\\n%s %s\\n' " + end + " \"$?\" >&2\n" + "exit 0\n";
        }

        /** Keeps the end of what comes before the mark: a login shell may print much, and its last words say why it stops. */
        <T> Found<T> read(InputStream stream, CommandRun.Output<T> output) throws IOException {
            InputStream buffered = new BufferedInputStream(stream, 1 << 16);
            byte[] mark = ("\n" + begin + "\n").getBytes(StandardCharsets.US_ASCII);
            byte[] last = new byte[LAST_WORDS];
            int count = 0;
            int matched = 0;
            while (matched < mark.length) {
                int value = buffered.read();
                if (value < 0) {
                    return new Found<>(Optional.empty(), end(last, count));
                }
                last[count++ % LAST_WORDS] = (byte) value;
                // Only the first character of the mark can begin it again, because a line end is only at its end.
                matched = value == mark[matched] ? matched + 1 : value == mark[0] ? 1 : 0;
            }
            return new Found<>(Optional.of(output.read(buffered)), "");
        }

        private static String end(byte[] last, int count) {
            if (count <= LAST_WORDS) {
                return new String(last, 0, count, StandardCharsets.UTF_8);
            }
            int from = count % LAST_WORDS;
            return new String(last, from, LAST_WORDS - from, StandardCharsets.UTF_8)
                    + new String(last, 0, from, StandardCharsets.UTF_8);
        }

        boolean hasBegun(String err) {
            return err.contains(begin);
        }

        String afterBegin(String err) {
            int at = err.indexOf("\n" + begin + "\n");
            return at < 0 ? err : err.substring(at + begin.length() + 2);
        }

        Optional<End> findEnd(String err) {
            String text = afterBegin(err);
            int at = text.lastIndexOf("\n" + end + " ");
            if (at < 0) {
                return Optional.empty();
            }
            int from = at + end.length() + 2;
            int to = text.indexOf('\n', from);
            if (to < 0) {
                return Optional.empty();
            }
            return Optional.of(new End(Integer.parseInt(text.substring(from, to)), text.substring(0, at)));
        }
    }
}
