package org.experimaestro.engine.schedule;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a job does when its turn comes: all that the scheduler knows of those whose jobs it schedules. Whatever a method
 * throws concerns this job alone.
 */
public interface Work {

    /**
     * Returns of which limits the job needs how much while it runs. Called by the scheduler's thread, each time when the job
     * becomes ready, and when it was found running.
     *
     * @return the demands; empty if it can always run
     */
    List<Demand> demands();

    /**
     * Returns how urgent the job is. Called by the scheduler's thread when the job becomes ready.
     *
     * @return a number; among the jobs that need the same limit, a larger one goes first
     */
    default int priority() {
        return 0;
    }

    /**
     * Does one try. Blocks; called by a thread of its own. If it throws, the job has failed, with a {@link Job#problem}.
     *
     * @return how the try ended
     */
    Ending run();

    /**
     * Is told by the scheduler's thread that the job has a new phase. What this throws is logged, and changes nothing.
     *
     * @param phase the phase
     */
    void changed(Phase phase);

    /**
     * Returns how long a try may take. Called by the scheduler's thread when the job is started.
     *
     * @return empty if there is no limit
     */
    default Optional<Duration> timeLimit() {
        return Optional.empty();
    }

    /** Is told, by a thread of its own, that the try has taken longer than its {@link #timeLimit}, and has not ended yet. */
    default void expire() {}
}
