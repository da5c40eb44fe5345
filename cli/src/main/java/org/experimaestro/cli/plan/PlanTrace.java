package org.experimaestro.cli.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.experimaestro.cli.output.Printer;
import org.jspecify.annotations.Nullable;

/**
 * A filter of stack traces. It keeps the frames above those of Experimaestro, because the other frames tell nothing
 * about a plan.
 */
public final class PlanTrace {
    private static final int SHOWN = 20;
    private static final String OURS = "org.experimaestro.";
    /**
     * The package of the processor, which runs inside the compiler. Only a trace explains a failure there, so its
     * frames are kept.
     */
    private static final String PROCESSOR = "org.experimaestro.processor.";
    /**
     * The packages of the libraries that Experimaestro calls. Messages tell their failures, and their frames do not
     * help a user.
     */
    private static final List<String> LIBRARIES = List.of(
            "eu.maveniverse.",
            "org.apache.maven.",
            "org.apache.http.",
            "org.codehaus.plexus.",
            "org.eclipse.aether.",
            "org.snakeyaml.",
            "org.jline.",
            "picocli.");

    private PlanTrace() {}

    /** Returns whether an exception was thrown while the author's code ran. */
    public static boolean isOfThePlan(Throwable thrown) {
        return !frames(thrown).isEmpty();
    }

    /**
     * Prints the frames of an exception whose message was printed already, then its causes with their frames. Nothing
     * is printed if none of them came from an author's code.
     */
    public static void print(Throwable thrown, Printer out) {
        if (chain(thrown).stream().noneMatch(PlanTrace::isOfThePlan)) {
            return;
        }
        printFrames(frames(thrown), out);
        chain(thrown).stream().skip(1).forEach(cause -> {
            out.message("Caused by: ", cause.toString());
            printFrames(frames(cause), out);
        });
    }

    /** Returns an exception with its causes, each once. */
    private static List<Throwable> chain(Throwable thrown) {
        List<Throwable> chain = new ArrayList<>();
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Throwable each = thrown; each != null && seen.add(each); each = each.getCause()) {
            chain.add(each);
        }
        return chain;
    }

    private static void printFrames(List<StackTraceElement> frames, Printer out) {
        frames.stream().limit(SHOWN).forEach(frame -> out.line("    at " + text(frame)));
        if (frames.size() > SHOWN) {
            out.line("    … " + (frames.size() - SHOWN) + " more");
        }
    }

    private static List<StackTraceElement> frames(Throwable thrown) {
        List<StackTraceElement> frames = Arrays.stream(thrown.getStackTrace())
                .takeWhile(frame -> !frame.getClassName().startsWith(OURS)
                        || frame.getClassName().startsWith(PROCESSOR))
                .toList();
        return frames.stream().anyMatch(PlanTrace::isOfAnAuthor) ? frames : List.of();
    }

    /** Returns whether a frame is of a user's code. Such code is never in a named module; the JDK's code always is. */
    private static boolean isOfAnAuthor(StackTraceElement frame) {
        return frame.getModuleName() == null && LIBRARIES.stream().noneMatch(frame.getClassName()::startsWith);
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
