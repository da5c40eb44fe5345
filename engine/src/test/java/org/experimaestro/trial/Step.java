package org.experimaestro.trial;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.experimaestro.ConfigType;
import org.experimaestro.Dependency;
import org.experimaestro.GeneratedPath;
import org.experimaestro.Meta;
import org.experimaestro.Task;
import org.experimaestro.TaskContext;

/**
 * A task that a test holds, lets go and makes fail, through files in a {@link Control}. Writes its name and what its inputs
 * wrote.
 *
 * @param name what the files are named after
 * @param inputs what it reads
 * @param control the folder of the files
 * @param file what it writes
 */
@ConfigType("trial.step")
public record Step(
        String name,
        List<Written> inputs,
        @Meta Path control,
        @GeneratedPath("out.txt") Path file) implements Task<Written> {

    @Override
    public void execute(TaskContext context) throws IOException {
        new Control(control).pass(name);
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
