package org.experimaestro.runtime;

import java.nio.file.Files;
import java.nio.file.Path;
import org.experimaestro.base.process.JobVariables;
import org.experimaestro.workspace.Attempt;
import org.experimaestro.workspace.FailureCause;
import org.jspecify.annotations.Nullable;

/** A request to end the job: a signal that the JVM handles, or what its sender has recorded. Thread-safe. */
final class EndRequest {
    /** The longest wait for the launcher's answer to the question why it ends the job. */
    private static final long WORD_MILLIS = 2_000;

    /**
     * The time in which a signal reaches the JVM's handler after it has ended a child process. Both get it at once, and
     * the task may fail for the child's end before the handler runs.
     */
    static final long SIGNAL_MILLIS = 300;

    private static final long PAUSE_MILLIS = 10;

    private static final FailureCause[] SIGNAL_CAUSES = {
        FailureCause.TIME_LIMIT, FailureCause.MEMORY_LIMIT, FailureCause.NODE_FAILURE, FailureCause.PREEMPTED
    };

    private final Attempt attempt;

    EndRequest(Attempt attempt) {
        this.attempt = attempt;
    }

    /**
     * Returns the cause of the end if a sender has recorded that it ends the job; {@code null} if none has. The task may
     * handle the signal itself, and return: what it has made is not complete then.
     */
    @Nullable
    FailureCause recorded() {
        FailureCause recorded = attempt.stop().find().orElse(null);
        String file = System.getenv(JobVariables.CANCELLED_FILE);
        boolean byLauncher = file != null && !file.isEmpty() && Files.exists(Path.of(file));
        return recorded == null && byLauncher ? FailureCause.CANCELLED : recorded;
    }

    /**
     * Returns the cause that the sender of the signal has recorded, or else that the launcher reports. It is {@code
     * CANCELLED} if the launcher reports none in {@link #WORD_MILLIS}.
     */
    FailureCause causeOfSignal() throws InterruptedException {
        FailureCause recorded = recorded();
        if (recorded != null && recorded != FailureCause.CANCELLED) {
            return recorded;
        }
        String word = LauncherQuery.state(WORD_MILLIS);
        for (FailureCause cause : SIGNAL_CAUSES) {
            if (word.equals(cause.name())) {
                return cause;
            }
        }
        return FailureCause.CANCELLED;
    }

    /**
     * Waits a moment for a signal, and returns whether one ends the process. Keeps the interruption of the thread.
     */
    static boolean awaitSignal() {
        boolean interrupted = Thread.interrupted();
        long start = System.nanoTime();
        while (!isSignal() && System.nanoTime() - start < SIGNAL_MILLIS * 1_000_000) {
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException asked) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return isSignal();
    }

    /**
     * Returns whether a signal ends the process. The JVM handles a signal on a thread of its own, such as "SIGTERM
     * handler", which waits for the shutdown hooks, as a thread that calls System.exit does.
     */
    private static boolean isSignal() {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            String name = thread.getName();
            if (name.startsWith("SIG") && name.endsWith(" handler")) {
                return true;
            }
        }
        return false;
    }
}
