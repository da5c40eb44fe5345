package org.experimaestro.cli;

import java.util.Arrays;
import java.util.Locale;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that a plan which ends the process with {@code System.exit} before its run is over is told so, with its line,
 * and that the exit code is not 0 then: a script must not take a part of the jobs for all of them.
 *
 * <p>The JDK logs each call of {@code Runtime.exit}, with its trace, in the thread that calls and before anything else
 * happens (Java SE 21, Runtime.exit).
 */
final class ExitWatch extends Handler implements AutoCloseable {
    /** Loggers that nobody refers to are collected, with their handlers. */
    private static final Logger EXITS = Logger.getLogger("java.lang.Runtime");

    private final @Nullable Level before;

    private ExitWatch(@Nullable Level before) {
        this.before = before;
        setLevel(Level.FINE);
    }

    static ExitWatch open() {
        ExitWatch watch = new ExitWatch(EXITS.getLevel());
        if (!EXITS.isLoggable(Level.FINE)) {
            EXITS.setLevel(Level.FINE);
        }
        EXITS.addHandler(watch);
        return watch;
    }

    @Override
    public void publish(LogRecord call) {
        Throwable trace = call.getThrown();
        int status = status(String.valueOf(call.getMessage()));
        if (trace == null || status < 0 || isSignal(trace)) {
            return;
        }
        close(); // the second call below is ours
        System.out.flush();
        Printer.standardError()
                .line(place(trace) + "The process is ended with System.exit(" + status
                        + ") before the run is over; return from the plan, or throw, instead");
        if (status == 0) {
            System.exit(Main.FAILED);
        }
    }

    /** Ctrl-C and SIGTERM, which the JDK handles with the same call. */
    private static boolean isSignal(Throwable trace) {
        return Arrays.stream(trace.getStackTrace())
                .anyMatch(frame -> frame.getClassName().equals("java.lang.Terminator")
                        || frame.getClassName().startsWith("java.lang.Terminator$"));
    }

    /** The exit code as a script sees it, with which the text ends; -1 for another text. */
    private static int status(String text) {
        String last = text.substring(text.lastIndexOf(' ') + 1);
        try {
            return text.toLowerCase(Locale.ROOT).contains("exit") ? Integer.parseInt(last) & 0xff : -1;
        } catch (NumberFormatException otherText) {
            return -1;
        }
    }

    private static String place(Throwable trace) {
        Stream<StackTraceElement> frames = Arrays.stream(trace.getStackTrace());
        // Code of users is never in a named module, the JDK's always is.
        return frames.filter(frame -> frame.getModuleName() == null)
                .findFirst()
                .map(frame -> frame.getFileName() + ":" + frame.getLineNumber() + ": ")
                .orElse("");
    }

    @Override
    public void flush() {
        System.err.flush();
    }

    @Override
    public void close() {
        EXITS.removeHandler(this);
        EXITS.setLevel(before);
    }
}
