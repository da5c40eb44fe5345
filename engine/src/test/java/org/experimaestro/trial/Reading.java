package org.experimaestro.trial;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.experimaestro.ConfigType;
import org.experimaestro.Configurable;
import org.experimaestro.Content;
import org.experimaestro.Dependency;
import org.experimaestro.GeneratedPath;
import org.experimaestro.Task;
import org.experimaestro.TaskContext;

/**
 * A task that copies files, and has the file that it was given known by what it makes.
 *
 * @param file the first
 * @param more others
 * @param content one whose place does not count
 * @param copy what it writes: the paths and what was there
 */
@ConfigType("trial.reading")
public record Reading(
        Path file,
        List<Path> more,
        @Content Path content,
        @GeneratedPath("copy.txt") Path copy) implements Task<Reading.Made> {

    /**
     * What it makes.
     *
     * @param source the file, as the task was given it
     * @param beside another one in the folder of that file
     * @param copy the copy
     */
    @ConfigType("trial.reading.made")
    public record Made(Path source, Path beside, Path copy) implements Configurable {}

    @Override
    public void execute(TaskContext context) throws IOException {
        StringBuilder text = new StringBuilder();
        for (Path path : List.of(file, more.get(0), content)) {
            // A plain path resolves a plain path only.
            Path plain = copy.resolve(path);
            text.append(plain).append('=').append(Files.readString(plain)).append('\n');
        }
        Files.writeString(copy, text);
    }

    @Override
    public Made outputs(Dependency dep) {
        return dep.on(new Made(file, file.resolveSibling("beside"), copy));
    }
}
