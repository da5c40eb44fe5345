package org.experimaestro.cli.plan;

import java.util.Arrays;
import java.util.Locale;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.experimaestro.cli.output.Printer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ExitCode;

/**
 * A log handler that detects a plan's call of {@code System.exit} before the end of its run. It prints the line of the
 * call. It replaces the exit code 0 by 1, so that a script does not take the run for complete.
 *
 * <p>The JDK logs each call of {@code Runtime.exit} with its stack trace. It logs in the calling thread, before
 * anything else happens. Source: Java SE 21, the method {@code Runtime.exit}.
 */
final class ExitWatch extends Handler implements AutoCloseable {
    /** The JDK's logger, kept in a field because a logger without references is collected with its handlers. */
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
        close(); // exit() below is logged too
        System.out.flush();
        Printer.standardError()
                .line(place(trace) + "The process is ended with System.exit(" + status
                        + ") before the run is over; return from the plan, or throw, instead");
        if (status == 0) {
            System.exit(ExitCode.SOFTWARE);
        }
    }

    /** Returns whether Ctrl-C or SIGTERM ended the process. The JDK ends it by the same call then. */
    private static boolean isSignal(Throwable trace) {
        return Arrays.stream(trace.getStackTrace())
                .anyMatch(frame -> frame.getClassName().equals("java.lang.Terminator")
                        || frame.getClassName().startsWith("java.lang.Terminator$"));
    }

    /** Returns the exit code, 0 to 255, with which the text of the JDK ends; -1 for another text. */
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
        // A user's code is never in a named module; the JDK's code always is.
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
