package org.experimaestro.trial;

import java.io.IOException;
import java.nio.file.Path;
import org.experimaestro.ConfigType;
import org.experimaestro.Meta;
import org.experimaestro.SelfTask;
import org.experimaestro.TaskContext;

/**
 * A task that ends in a way of its own, and writes to both logs.
 *
 * @param name its name, also in the control folder
 * @param way the way in which it ends
 * @param control the folder of the files
 */
@ConfigType("trial.act")
public record Act(String name, Way way, @Meta Path control) implements SelfTask<Act> {

    /** The way in which a task ends. */
    public enum Way {
        /** It returns. */
        RETURN,
        /** It throws. */
        THROW,
        /** It ends its process by System.exit. */
        EXIT,
        /** It ends its process without a word. */
        HALT
    }

    @Override
    public void execute(TaskContext context) throws IOException {
        System.out.println("out of " + name);
        System.err.println("err of " + name);
        new Control(control).pass(name);
        context.metric("length", name.length());
        switch (way) {
            case RETURN -> {}
            case THROW -> throw new IllegalStateException(name + " throws");
            case EXIT -> System.exit(7);
            case HALT -> Runtime.getRuntime().halt(9);
        }
    }
}
