package org.experimaestro.trial;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.experimaestro.ConfigType;
import org.experimaestro.Meta;
import org.experimaestro.SelfTask;
import org.experimaestro.TaskContext;

/**
 * Reads a file that is given as a plain path.
 *
 * @param file the file
 * @param control the folder of the test's files
 */
@ConfigType("trial.peek")
public record Peek(Path file, @Meta Path control) implements SelfTask<Peek> {
    @Override
    public void execute(TaskContext context) throws IOException {
        new Control(control).pass("peek");
        context.metric("length", Files.readString(file).length());
    }
}
