package org.experimaestro.engine.schedule;

import java.time.Duration;

/** The end of one try of a job, as far as the scheduler needs it. */
public sealed interface Ending {

    /** The job is done: its dependents may run. */
    record Done() implements Ending {}

    /** The job has failed: its dependents are skipped. */
    record Failed() implements Ending {}

    /**
     * The job goes back to waiting. It is tried again when all its dependencies are done, including those that appeared
     * while it ran.
     *
     * @param delay the shortest time that it waits
     */
    record Again(Duration delay) implements Ending {}

    /**
     * Returns the end of a job that is not tried again.
     *
     * @param well whether the job is done
     * @return done or failed
     */
    static Ending of(boolean well) {
        return well ? new Done() : new Failed();
    }
}
