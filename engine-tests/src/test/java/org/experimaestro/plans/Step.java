package org.experimaestro.plans;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.experimaestro.ConfigType;
import org.experimaestro.Configurable;
import org.experimaestro.Dependency;
import org.experimaestro.GeneratedPath;
import org.experimaestro.Meta;
import org.experimaestro.Task;
import org.experimaestro.TaskContext;

/**
 * A task that writes its name and what its inputs wrote.
 *
 * @param name the name
 * @param inputs what it reads
 * @param fails whether it throws
 * @param file what it writes
 */
@ConfigType("trial.step")
record Step(
        String name,
        List<Written> inputs,
        @Meta boolean fails,
        @GeneratedPath("out.txt") Path file) implements Task<Step.Written> {

    /** What a step wrote. */
    @ConfigType("trial.written")
    record Written(String by, Path file) implements Configurable {}

    @Override
    public void execute(TaskContext context) throws IOException {
        if (fails) {
            throw new IllegalStateException(name + " was told to fail");
        }
        StringBuilder text = new StringBuilder(name);
        for (Written input : inputs) {
            text.append('<').append(Files.readString(input.file())).append('>');
        }
        Files.writeString(file, text);
        context.metric("inputs", inputs.size());
    }

    @Override
    public Written outputs(Dependency dep) {
        return dep.on(new Written(name, file));
    }
}
