package org.experimaestro.engine;

import java.util.List;
import java.util.Optional;
import org.experimaestro.engine.job.JobResult;
import org.experimaestro.engine.schedule.Demand;
import org.experimaestro.engine.schedule.Ending;
import org.experimaestro.engine.schedule.Phase;
import org.experimaestro.engine.schedule.Work;

/** The treatment of a job when its turn in the graph has come. Thread-safe. */
interface JobHandler {
    /** The handler of jobs that are in no scheduler: their turn never comes. */
    JobHandler NONE = new JobHandler() {
        @Override
        public List<Demand> demands(TaskJob job) {
            return List.of();
        }

        @Override
        public Turn run(TaskJob job) {
            throw new IllegalStateException("This run runs nothing");
        }

        @Override
        public void changed(TaskJob job, Phase phase) {}
    };

    /**
     * Returns the amounts of limits that the job needs during its turn, as
     * {@link org.experimaestro.engine.schedule.Work#demands}.
     */
    List<Demand> demands(TaskJob job);

    /**
     * Waits for the tokens of a job that needs some, as {@link org.experimaestro.engine.schedule.Work#admit}.
     *
     * @throws InterruptedException if the thread is interrupted
     */
    default Optional<Work.Admission> admit(TaskJob job) throws InterruptedException {
        throw new IllegalStateException("This run grants no tokens");
    }

    /**
     * Returns how long the job is expected to take, as {@link org.experimaestro.engine.schedule.Work#expected}.
     *
     * @return 1 by default, so that chains are compared by their numbers of jobs
     */
    default long expected(SubmittedTask task) {
        return 1;
    }

    /**
     * The end of a turn.
     *
     * @param end the job's state
     * @param ending the consequence for the graph: whether the dependents may have their turns, or the job is to have
     *     another turn
     */
    record Turn(JobResult end, Ending ending) {}

    /** Handles the turn of a job, for example runs it to its end. Blocks. */
    Turn run(TaskJob job);

    /** Handles a new phase of a job. Called by the scheduler's thread. */
    void changed(TaskJob job, Phase phase);
}
