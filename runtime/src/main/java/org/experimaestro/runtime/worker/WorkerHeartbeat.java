package org.experimaestro.runtime.worker;

import org.experimaestro.runtime.WorkerJob;
import org.jspecify.annotations.Nullable;

/**
 * The thread that shows that the present task is alive, for all tasks of a worker. A task that takes longer than a second
 * gets as many signs as in a process of its own.
 */
final class WorkerHeartbeat extends Thread {
    private static final long LOOK_MILLIS = 1_000;
    private static final int MOST_LOOKS = 30;

    private @Nullable WorkerJob present;
    private int looks;
    private int due;

    WorkerHeartbeat() {
        super("experimaestro-heartbeat");
        setDaemon(true);
    }

    /** Sets the present task; waits for a sign of the former one that is being written. */
    synchronized void set(@Nullable WorkerJob job) {
        present = job;
        looks = 0;
        due = 1;
    }

    @Override
    public void run() {
        try {
            while (true) {
                Thread.sleep(LOOK_MILLIS);
                look();
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    /** Gives a sign after 1, 3, 7, 15 seconds and so on, and at last every 30 seconds. */
    private synchronized void look() {
        WorkerJob job = present;
        if (job != null && ++looks >= due) {
            due = Math.min(2 * due, MOST_LOOKS);
            looks = 0;
            job.beat();
        }
    }
}
