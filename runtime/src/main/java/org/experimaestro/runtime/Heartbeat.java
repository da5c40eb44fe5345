package org.experimaestro.runtime;

import java.io.IOException;
import org.experimaestro.workspace.Attempt;

/**
 * A thread that touches a file of the attempt every 30 seconds, because other hosts cannot see this process: the
 * file's time shows them that it is alive. If it has not shown that for too long, others may have been given the tokens
 * of the job, which ends then. The thread looks at the resources that the job uses, too. In the first half minute it does
 * all this more often, because the processes of short jobs would not be seen otherwise.
 */
final class Heartbeat extends Thread {
    private static final long PERIOD_MILLIS = 30_000;
    private static final long FIRST_MILLIS = 1_000;

    private final Attempt attempt;
    private final JobTermination ending;
    private final UseMeter meter;

    private Heartbeat(Attempt attempt, JobTermination ending, UseMeter meter) {
        super("experimaestro-heartbeat");
        this.attempt = attempt;
        this.ending = ending;
        this.meter = meter;
    }

    static void start(Attempt attempt, JobTermination ending, UseMeter meter) {
        Heartbeat heartbeat = new Heartbeat(attempt, ending, meter);
        heartbeat.setDaemon(true);
        heartbeat.start();
    }

    @Override
    public void run() {
        try {
            for (long pause = FIRST_MILLIS; ; pause = Math.min(2 * pause, PERIOD_MILLIS)) {
                pause(pause);
                beat(attempt, ending);
                look(meter);
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits. Thread.sleep would load two classes that no start cache can hold, from the JDK's own file of classes. */
    private synchronized void pause(long millis) throws InterruptedException {
        long end = System.nanoTime() + millis * 1_000_000;
        for (long left = millis; left > 0; left = (end - System.nanoTime()) / 1_000_000) {
            wait(left);
        }
    }

    /** Shows that an attempt is alive, and ends it if others may have its tokens. */
    static void beat(Attempt attempt, JobTermination ending) {
        try {
            attempt.beat();
            if (ending.hasLostTokens()) {
                ending.failTokensLost();
            }
        } catch (IOException | RuntimeException | Error missed) { // this thread must go on as long as the job
            System.err.println("Cannot show that this job is alive: " + missed + "; trying again");
        }
    }

    /** Looks at the resources that an attempt uses. */
    static void look(UseMeter meter) {
        try {
            meter.look();
        } catch (IOException | RuntimeException | Error missed) {
            // The job's end has its use all the same. Where nothing can be written, the line above says so.
        }
    }
}
