package org.experimaestro.runtime;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.experimaestro.TaskContext;

/**
 * A thread that runs an action some time before a job's time limit. The launcher's answer is the only clock that is right
 * everywhere: a signal of Slurm would reach the batch shell, or every process of the job. The thread ends with the
 * process.
 */
final class LimitWatch implements Runnable {
    /** The longest time between two questions. The limit may be changed meanwhile. */
    private static final long LONGEST_WAIT_MILLIS = 600_000;
    /** The time after which the launcher is asked again that has given no answer. */
    private static final long NO_ANSWER_MILLIS = 60_000;

    private static final int MOST_UNANSWERED = 3;
    /** The number of questions without an answer, once there was one. */
    private static final int ANSWERED = -1;
    /** Below this time, the last answer is exact enough. */
    private static final long CLOSE_MILLIS = 2_000;

    private final TaskContext context;
    private final Duration margin;
    private final Runnable action;

    private LimitWatch(TaskContext context, Duration margin, Runnable action) {
        this.context = context;
        this.margin = margin;
        this.action = action;
    }

    static void start(TaskContext context, Duration margin, Runnable action) {
        Thread thread = new Thread(new LimitWatch(context, margin, action), "experimaestro-limit");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void run() {
        try {
            if (awaitMargin()) {
                action.run();
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until the margin begins; returns false if the job has no limit, or nobody has ever told it. */
    private boolean awaitMargin() throws InterruptedException {
        long end = 0;
        for (int unanswered = 0; unanswered < MOST_UNANSWERED; ) {
            Optional<Duration> left = context.remainingTime();
            if (left.isPresent()) {
                end = now() + left.get().toMillis();
                unanswered = ANSWERED;
            } else if (unanswered != ANSWERED) {
                unanswered++;
                Thread.sleep(NO_ANSWER_MILLIS);
                continue;
            }
            // Without a new answer, the last one counts: a batch system may be out of reach for hours.
            long millis = end - now() - margin.toMillis();
            if (millis <= 0) {
                return true;
            }
            Thread.sleep(millis <= CLOSE_MILLIS ? millis : Math.min(millis / 2, LONGEST_WAIT_MILLIS));
        }
        return false;
    }

    private static long now() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }
}
