package org.experimaestro.runtime;

import java.io.IOException;
import org.experimaestro.workspace.Attempt;

/**
 * A thread that touches a file of the attempt every 30 seconds, because other hosts cannot see this process: the
 * file's time shows them that it is alive. If it has not shown that for too long, others may have been given the tokens
 * of the job, which ends then.
 */
final class Heartbeat extends Thread {
    private static final long PERIOD_MILLIS = 30_000;

    private final Attempt attempt;
    private final JobTermination ending;

    private Heartbeat(Attempt attempt, JobTermination ending) {
        super("experimaestro-heartbeat");
        this.attempt = attempt;
        this.ending = ending;
    }

    static void start(Attempt attempt, JobTermination ending) {
        Heartbeat heartbeat = new Heartbeat(attempt, ending);
        heartbeat.setDaemon(true);
        heartbeat.start();
    }

    @Override
    public void run() {
        try {
            while (true) {
                Thread.sleep(PERIOD_MILLIS);
                beat();
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private void beat() {
        try {
            attempt.beat();
            if (ending.hasLostTokens()) {
                ending.failTokensLost();
            }
        } catch (IOException | RuntimeException | Error missed) { // this thread must go on as long as the job
            System.err.println("Cannot show that this job is alive: " + missed + "; trying again");
        }
    }
}
