package org.experimaestro.runtime;

import java.io.IOException;
import org.experimaestro.workspace.Attempt;

/** Shows other hosts, which cannot see this process, that it is alive. */
final class Heartbeat extends Thread {
    private static final long PERIOD_MILLIS = 30_000;

    private final Attempt attempt;

    private Heartbeat(Attempt attempt) {
        super("experimaestro-heartbeat");
        this.attempt = attempt;
    }

    static void start(Attempt attempt) {
        Heartbeat heartbeat = new Heartbeat(attempt);
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
        } catch (IOException | RuntimeException | Error missed) { // this thread must not end before the job
            System.err.println("Cannot show that this job is alive: " + missed + "; trying again");
        }
    }
}
