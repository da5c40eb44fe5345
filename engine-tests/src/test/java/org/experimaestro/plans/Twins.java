package org.experimaestro.plans;

import org.experimaestro.ConfigType;
import org.experimaestro.SelfTask;
import org.experimaestro.TaskContext;

/** Tasks whose type ids are too much alike. */
final class Twins {
    private Twins() {}

    /** The first. */
    @ConfigType("trial.twin")
    record First() implements SelfTask<First> {
        @Override
        public void execute(TaskContext context) {}
    }

    /** Has the id of the first. */
    @ConfigType("trial.twin")
    record Second() implements SelfTask<Second> {
        @Override
        public void execute(TaskContext context) {}
    }

    /** Its id differs by case. */
    @ConfigType("trial.Twin")
    record Third() implements SelfTask<Third> {
        @Override
        public void execute(TaskContext context) {}
    }
}
