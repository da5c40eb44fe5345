package org.experimaestro.runtime;

import java.util.Map;
import org.experimaestro.core.json.TimeText;

/**
 * The stacks of all platform threads of this process at a moment, in the form of a thread dump. They are taken at once,
 * and become text only if somebody wants to read them. Immutable.
 */
final class ThreadStacks {
    private final Map<Thread, StackTraceElement[]> stacks;
    private final long taken;

    private ThreadStacks(Map<Thread, StackTraceElement[]> stacks, long taken) {
        this.stacks = stacks;
        this.taken = taken;
    }

    /** Takes the stacks of this moment. */
    static ThreadStacks take() {
        return new ThreadStacks(Thread.getAllStackTraces(), System.currentTimeMillis());
    }

    /** Returns the stacks as text, the given thread first. */
    String text(Thread first) {
        StringBuilder text =
                new StringBuilder("Threads at ").append(TimeText.of(taken)).append('\n');
        StackTraceElement[] ofFirst = stacks.get(first);
        if (ofFirst != null) {
            append(text, first, ofFirst);
        }
        for (Map.Entry<Thread, StackTraceElement[]> entry : stacks.entrySet()) {
            if (entry.getKey() != first) {
                append(text, entry.getKey(), entry.getValue());
            }
        }
        return text.toString();
    }

    private static void append(StringBuilder text, Thread thread, StackTraceElement[] frames) {
        text.append("\n\"")
                .append(thread.getName())
                .append('"')
                .append(thread.isDaemon() ? " daemon" : "")
                .append('\n');
        for (StackTraceElement frame : frames) {
            text.append("    at ").append(frame).append('\n');
        }
    }
}
