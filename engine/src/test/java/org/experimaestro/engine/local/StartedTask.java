package org.experimaestro.engine.local;

import org.experimaestro.ConfigType;
import org.experimaestro.SelfTask;
import org.experimaestro.TaskContext;

/**
 * A task that does nothing.
 *
 * @param number some parameter
 */
@ConfigType("start.nothing")
record StartedTask(int number) implements SelfTask<StartedTask> {
    @Override
    public void execute(TaskContext context) {}
}
