package org.experimaestro.monitor.index;

import org.experimaestro.workspace.RunFolder;

/** A change of a job, a run or a problem since an earlier version of the index. Immutable. */
public sealed interface Change {

    /**
     * Returns the name of the changed job, run or problem. A later change of the same subject replaces an earlier one.
     *
     * @return a text that differs between jobs, runs and problems
     */
    String subject();

    /**
     * A new job.
     *
     * @param job the job's name: type id and identifier, joined by a slash
     */
    record JobAdded(String job) implements Change {
        @Override
        public String subject() {
            return "job " + job;
        }
    }

    /**
     * A change of a job's view: of its state, its progress, its metrics so far, its tags, or the runs that submitted it.
     *
     * @param job the job's name
     */
    record JobChanged(String job) implements Change {
        @Override
        public String subject() {
            return "job " + job;
        }
    }

    /**
     * A job that was removed.
     *
     * @param job the job's name
     */
    record JobRemoved(String job) implements Change {
        @Override
        public String subject() {
            return "job " + job;
        }
    }

    /**
     * A new run.
     *
     * @param experiment the name of the run's experiment
     * @param run the run's name
     */
    record RunAdded(String experiment, String run) implements Change {
        @Override
        public String subject() {
            return "run " + RunFolder.qualifiedName(experiment, run);
        }
    }

    /**
     * A change of a run, which has submitted jobs, written events in its journal, ended or died; or of the processes of its
     * actions and services, where somebody looks at them.
     *
     * @param experiment the name of the run's experiment
     * @param run the run's name
     */
    record RunChanged(String experiment, String run) implements Change {
        @Override
        public String subject() {
            return "run " + RunFolder.qualifiedName(experiment, run);
        }
    }

    /**
     * A run that was removed.
     *
     * @param experiment the name of the run's experiment
     * @param run the run's name
     */
    record RunRemoved(String experiment, String run) implements Change {
        @Override
        public String subject() {
            return "run " + RunFolder.qualifiedName(experiment, run);
        }
    }

    /**
     * A new problem of reading the workspace, except those of jobs.
     *
     * @param message a sentence
     */
    record ProblemAdded(String message) implements Change {
        @Override
        public String subject() {
            return "problem " + message;
        }
    }

    /**
     * A problem that is solved.
     *
     * @param message the sentence that reported the problem
     */
    record ProblemRemoved(String message) implements Change {
        @Override
        public String subject() {
            return "problem " + message;
        }
    }
}
