package org.experimaestro.trial;

import org.experimaestro.ConfigType;
import org.experimaestro.SelfTask;
import org.experimaestro.TaskContext;

/** Tasks whose type ids are too much alike. */
public final class Twins {
    private Twins() {}

    /** The first. */
    @ConfigType("trial.twin")
    public record First() implements SelfTask<First> {
        @Override
        public void execute(TaskContext context) {}
    }

    /** Has the id of the first. */
    @ConfigType("trial.twin")
    public record Second() implements SelfTask<Second> {
        @Override
        public void execute(TaskContext context) {}
    }

    /** Its id differs by case. */
    @ConfigType("trial.Twin")
    public record Third() implements SelfTask<Third> {
        @Override
        public void execute(TaskContext context) {}
    }
}
