package org.experimaestro.engine.schedule;

import java.time.Duration;

/** How a try of a job ended, as far as the scheduler has to know. */
public sealed interface Ending {

    /** The job is done: its dependents may run. */
    record Done() implements Ending {}

    /** The job has failed: its dependents are skipped. */
    record Failed() implements Ending {}

    /**
     * The job goes back to waiting, and is tried again when all its dependencies are done: those too that appeared while it
     * ran.
     *
     * @param delay how long it waits at least
     */
    record Again(Duration delay) implements Ending {}

    /**
     * Returns the end of a job that is not tried again.
     *
     * @param well whether it is done
     * @return done or failed
     */
    static Ending of(boolean well) {
        return well ? new Done() : new Failed();
    }
}
