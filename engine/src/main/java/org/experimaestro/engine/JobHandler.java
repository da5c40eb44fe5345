package org.experimaestro.engine;

import java.util.List;
import org.experimaestro.engine.job.JobResult;
import org.experimaestro.engine.schedule.Demand;
import org.experimaestro.engine.schedule.Phase;

/** The treatment of a job when its turn in the graph has come. Thread-safe. */
interface JobHandler {
    /** The handler of jobs that no scheduler has: their turn never comes. */
    JobHandler NONE = new JobHandler() {
        @Override
        public List<Demand> demands(SubmittedTask task) {
            return List.of();
        }

        @Override
        public JobResult run(TaskJob job) {
            throw new IllegalStateException("This run runs nothing");
        }

        @Override
        public boolean isDone(JobResult end) {
            return false;
        }

        @Override
        public void changed(TaskJob job, Phase phase) {}
    };

    /** Returns what the job needs meanwhile, as {@link org.experimaestro.engine.schedule.Work#demands}. */
    List<Demand> demands(SubmittedTask task);

    /** Does it. Blocks. */
    JobResult run(TaskJob job);

    /** Whether the jobs that depend on one which ended so have their turn. */
    boolean isDone(JobResult end);

    /** Is told by the scheduler's thread that a job has a new phase. */
    void changed(TaskJob job, Phase phase);
}
