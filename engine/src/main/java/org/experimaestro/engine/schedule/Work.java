package org.experimaestro.engine.schedule;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The work of a job: all that the scheduler needs from the code whose jobs it schedules. An exception of a method
 * concerns this job alone.
 */
public interface Work {

    /**
     * Returns the amount that the job needs of each limit while it runs. Called by the scheduler's thread each time
     * when the job becomes ready, and when it was found running.
     *
     * @return the demands; empty if the job can always run
     */
    List<Demand> demands();

    /**
     * Returns how urgent the job is. Called by the scheduler's thread when the job is submitted, and when it becomes
     * ready. The jobs that it depends on are as urgent.
     *
     * @return a number; among the jobs that need the same limit, a larger one goes first
     */
    default int priority() {
        return 0;
    }

    /**
     * Returns how long the job is expected to take. Among jobs that are equally urgent, the one with the longest chain
     * of jobs behind it goes first. Called by the scheduler's thread, often, so it must be quick.
     *
     * @return a duration in a unit that all jobs share, 0 or more
     */
    default long expected() {
        return 0;
    }

    /**
     * Runs one try. Blocks; called by a thread of its own. If it throws, the job has failed, with a
     * {@link Job#problem}.
     *
     * @return the end of the try
     */
    Ending run();

    /** The permission of others to run a job now. */
    interface Admission {
        /**
         * Runs one try, as {@link Work#run} does, and gives the admission back at its end.
         *
         * @return the end of the try
         */
        Ending run();

        /** Gives the admission back, because the job does not start now. Called by a thread of its own. */
        void dismiss();
    }

    /**
     * Waits until the job is admitted by those who share its limits {@linkplain Limit#byAdmission by admission}. Blocks;
     * called by a thread of its own, while the job holds what it needs of its other limits. If it has to wait, it says so by
     * {@link Scheduler#waitsForAdmission}. If it throws, the job has failed, with a {@link Job#problem}.
     *
     * @return the admission, which the next try gives back; empty if the job {@linkplain Job#wantsAdmission wants} none any
     *     longer
     * @throws InterruptedException if the thread is interrupted, because the run ends
     */
    default Optional<Admission> admit() throws InterruptedException {
        throw new IllegalStateException("A job without limits by admission needs none");
    }

    /**
     * Handles a new phase of the job. Called by the scheduler's thread. An exception is logged, and changes nothing.
     *
     * @param phase the phase
     */
    void changed(Phase phase);

    /**
     * Handles the grant of a request for another try, before that begins. Called by the scheduler's thread; does nothing
     * by default.
     */
    default void requested() {}

    /**
     * Returns how long a try may take. Called by the scheduler's thread when the job is started.
     *
     * @return the time limit; empty if there is none
     */
    default Optional<Duration> timeLimit() {
        return Optional.empty();
    }

    /**
     * Handles a try that has taken longer than its {@link #timeLimit} and has not ended yet. Called by a thread of its
     * own; does nothing by default.
     */
    default void expire() {}
}
