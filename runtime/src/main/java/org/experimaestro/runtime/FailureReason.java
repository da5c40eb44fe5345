package org.experimaestro.runtime;

import java.io.IOException;
import org.experimaestro.ContinueException;
import org.experimaestro.ProgramException;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.Failures;
import org.jspecify.annotations.Nullable;

/** The cause of a failure by the exception that a job's process has caught, with its words. Immutable. */
public final class FailureReason {
    /** The most causes of an exception that are looked at, because they may be a circle. */
    private static final int DEEPEST_CAUSE = 100;

    private final FailureCause cause;
    private final String message;

    private FailureReason(FailureCause cause, String message) {
        this.cause = cause;
        this.message = message;
    }

    /**
     * Returns the cause.
     *
     * @return the cause to be stored
     */
    public FailureCause cause() {
        return cause;
    }

    /**
     * Returns the details.
     *
     * @return a text for people
     */
    public String message() {
        return message;
    }

    /**
     * Returns the reason of a failure of the task itself. Its pool may have wrapped the error of another thread.
     *
     * @param thrown what the task has thrown
     * @return the reason
     */
    public static FailureReason ofTask(Throwable thrown) {
        if (thrown instanceof ContinueException) {
            return new FailureReason(FailureCause.CONTINUED, String.valueOf(thrown.getMessage()));
        }
        if (thrown instanceof ProgramException ended) {
            return new FailureReason(FailureCause.EXIT, String.valueOf(ended.getMessage()));
        }
        FailureCause memory = memory(thrown);
        String message = String.valueOf(thrown instanceof InitTaskException init ? init.getMessage() : thrown);
        return new FailureReason(memory == null ? FailureCause.EXCEPTION : memory, message);
    }

    /**
     * Returns the reason of a failure before the task began.
     *
     * @param thrown what was thrown while the task was read and made
     * @return the reason
     */
    public static FailureReason ofStart(Throwable thrown) {
        FailureCause memory = memory(thrown);
        if (memory != null) {
            return new FailureReason(memory, String.valueOf(thrown));
        }
        if (thrown instanceof IOException unusable) {
            return new FailureReason(FailureCause.NOT_STARTED, Failures.reason(unusable));
        }
        if (find(thrown, LinkageError.class) instanceof LinkageError unusable) {
            return new FailureReason(FailureCause.WRONG_CODE, ofCode(unusable));
        }
        String message = String.valueOf(thrown.getMessage());
        return find(thrown, ClassNotFoundException.class) == null
                ? new FailureReason(FailureCause.WRONG_PARAMETERS, message)
                : new FailureReason(FailureCause.WRONG_CODE, message);
    }

    /** Returns the message of a linkage error, with advice if the code is compiled for a newer release of Java. */
    private static String ofCode(LinkageError unusable) {
        return unusable instanceof UnsupportedClassVersionError
                ? unusable.getMessage() + "; this is Java " + Runtime.version().feature() + ", so compile the code for"
                        + " that release, or ask for a newer JDK with \"jdk=\""
                : String.valueOf(unusable);
    }

    /**
     * Returns the memory that the JVM ran out of, by the messages of OpenJDK. Source: "Troubleshooting Guide", chapter
     * 3, section "The java.lang.OutOfMemoryError Error" (JDK 25).
     *
     * @return {@code null} if no memory has run out, or code has thrown such an error for reasons of its own
     */
    private static @Nullable FailureCause memory(Throwable thrown) {
        if (!(find(thrown, OutOfMemoryError.class) instanceof OutOfMemoryError full)) {
            return null;
        }
        String message = String.valueOf(full.getMessage());
        if (message.startsWith("Java heap space")) {
            return FailureCause.OUT_OF_MEMORY;
        }
        if (message.contains("GC overhead limit exceeded")) {
            return FailureCause.GC_OVERHEAD;
        }
        if (message.contains("direct buffer memory") || message.contains("Direct buffer memory")) {
            return FailureCause.OUT_OF_DIRECT_MEMORY;
        }
        if (message.startsWith("Metaspace") || message.startsWith("Compressed class space")) {
            return FailureCause.OUT_OF_METASPACE;
        }
        if (message.contains("native thread")) {
            return FailureCause.OUT_OF_THREADS;
        }
        return message.contains("Map failed") || message.contains("native") || message.contains("swap space")
                ? FailureCause.OUT_OF_NATIVE_MEMORY
                : null;
    }

    private static @Nullable Throwable find(Throwable thrown, Class<?> type) {
        Throwable each = thrown;
        for (int depth = 0; each != null && depth < DEEPEST_CAUSE; depth++) {
            if (type.isInstance(each)) {
                return each;
            }
            each = each.getCause();
        }
        return null;
    }
}
