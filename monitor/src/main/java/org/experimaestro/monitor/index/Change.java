package org.experimaestro.monitor.index;

/** One thing of a workspace that is not as it was. Immutable. */
public sealed interface Change {

    /**
     * What has changed; a later change of the same subject makes an earlier one unimportant.
     *
     * @return distinct between jobs, runs and problems
     */
    String subject();

    /**
     * A job is there that was not.
     *
     * @param job its name, type id and identifier joined by a slash
     */
    record JobAdded(String job) implements Change {
        @Override
        public String subject() {
            return "job " + job;
        }
    }

    /**
     * Something that is shown of a job has changed: its state, its progress, its tags, the runs that submitted it.
     *
     * @param job its name
     */
    record JobChanged(String job) implements Change {
        @Override
        public String subject() {
            return "job " + job;
        }
    }

    /**
     * A job is not there any longer.
     *
     * @param job its name
     */
    record JobRemoved(String job) implements Change {
        @Override
        public String subject() {
            return "job " + job;
        }
    }

    /**
     * A run is there that was not.
     *
     * @param experiment the name of its experiment
     * @param run its name
     */
    record RunAdded(String experiment, String run) implements Change {
        @Override
        public String subject() {
            return "run " + experiment + "/" + run;
        }
    }

    /**
     * A run has submitted jobs, or ended.
     *
     * @param experiment the name of its experiment
     * @param run its name
     */
    record RunChanged(String experiment, String run) implements Change {
        @Override
        public String subject() {
            return "run " + experiment + "/" + run;
        }
    }

    /**
     * A run is not there any longer.
     *
     * @param experiment the name of its experiment
     * @param run its name
     */
    record RunRemoved(String experiment, String run) implements Change {
        @Override
        public String subject() {
            return "run " + experiment + "/" + run;
        }
    }

    /**
     * Something cannot be read, beside jobs.
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
     * Something can be read again.
     *
     * @param message the sentence that was said before
     */
    record ProblemRemoved(String message) implements Change {
        @Override
        public String subject() {
            return "problem " + message;
        }
    }
}
