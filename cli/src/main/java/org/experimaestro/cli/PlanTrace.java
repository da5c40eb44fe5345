package org.experimaestro.cli;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where an author's code threw: the frames above ours, since ours and those below say nothing about a plan. */
final class PlanTrace {
    private static final int SHOWN = 20;
    private static final String OURS = "org.experimaestro.";

    private PlanTrace() {}

    /** Whether the author's code, not ours, was running when this was thrown. */
    static boolean isOfThePlan(Throwable thrown) {
        return !frames(thrown).isEmpty();
    }

    /** Prints the frames of an exception whose text was told already, then its causes with theirs. */
    static void print(Throwable thrown, PrintWriter out) {
        printFrames(frames(thrown), out);
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Throwable cause = thrown.getCause(); cause != null && seen.add(cause); cause = cause.getCause()) {
            out.println("Caused by: " + cause);
            printFrames(frames(cause), out);
        }
    }

    private static void printFrames(List<StackTraceElement> frames, PrintWriter out) {
        frames.stream().limit(SHOWN).forEach(frame -> out.println("    at " + text(frame)));
        if (frames.size() > SHOWN) {
            out.println("    … " + (frames.size() - SHOWN) + " more");
        }
    }

    private static List<StackTraceElement> frames(Throwable thrown) {
        List<StackTraceElement> frames = Arrays.stream(thrown.getStackTrace())
                .takeWhile(frame -> !frame.getClassName().startsWith(OURS))
                .toList();
        // Code of users is never in a named module, the JDK's always is.
        return frames.stream().anyMatch(frame -> frame.getModuleName() == null) ? frames : List.of();
    }

    private static String text(StackTraceElement frame) {
        @Nullable String module = frame.getModuleName();
        return (module == null ? "" : module + "/") + frame.getClassName() + "." + frame.getMethodName() + "("
                + place(frame) + ")";
    }

    private static String place(StackTraceElement frame) {
        if (frame.isNativeMethod()) {
            return "native";
        }
        String file = frame.getFileName();
        return file == null ? "unknown source" : file + (frame.getLineNumber() < 0 ? "" : ":" + frame.getLineNumber());
    }
}
