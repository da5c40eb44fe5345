package org.experimaestro.cli;

import java.util.ArrayList;
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
    /** Runs inside the compiler, where a trace is all that tells of its failure. */
    private static final String PROCESSOR = "org.experimaestro.processor.";
    /** The libraries that we call: what fails in them is told in a message, and their frames tell a user nothing. */
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

    /** Whether the author's code, not ours, was running when this was thrown. */
    static boolean isOfThePlan(Throwable thrown) {
        return !frames(thrown).isEmpty();
    }

    /**
     * Prints the frames of an exception whose text was told already, then its causes with theirs; nothing where none of them
     * came from an author's code.
     */
    static void print(Throwable thrown, Printer out) {
        if (chain(thrown).stream().noneMatch(PlanTrace::isOfThePlan)) {
            return;
        }
        printFrames(frames(thrown), out);
        chain(thrown).stream().skip(1).forEach(cause -> {
            out.message("Caused by: ", cause.toString());
            printFrames(frames(cause), out);
        });
    }

    /** An exception with its causes, each once. */
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

    /** Code of users is never in a named module, the JDK's always is. */
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
