package org.experimaestro.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.experimaestro.ConfigConstructor;
import org.experimaestro.ConfigType;
import org.experimaestro.Configurable;
import org.experimaestro.Default;
import org.experimaestro.Dependency;
import org.experimaestro.GeneratedPath;
import org.experimaestro.InitTask;
import org.experimaestro.SelfTask;
import org.experimaestro.Task;
import org.experimaestro.TaskContext;

/** Tasks with init tasks, and with configurations that have files. */
final class PartTasks {
    private PartTasks() {}

    /** A configuration with a file of its own in the job's folder. */
    @ConfigType("job.cache")
    record Cache(
            String name,
            Optional<Cache> next,
            @GeneratedPath("cache.txt") Path file) implements Configurable {}

    /** Writes the files of its caches, but not that of this name. */
    @ConfigType("job.fills-caches")
    record FillsCaches(Cache cache, List<Cache> more, String without) implements MakesCache {
        @Override
        public void execute(TaskContext context) throws IOException {
            List<Cache> all = new ArrayList<>(more);
            for (Optional<Cache> each = Optional.of(cache);
                    each.isPresent();
                    each = each.get().next()) {
                all.add(each.get());
            }
            for (Cache each : all) {
                if (!each.name().equals(without)) {
                    Files.createDirectories(each.file().getParent());
                    Files.writeString(each.file(), each.name());
                }
            }
        }
    }

    /** The output of a task of caches. */
    @ConfigType("job.filled")
    record Filled(Path file) implements Configurable {}

    /** A task that makes a path of one of its configurations. */
    interface MakesCache extends Task<Filled> {
        Cache cache();

        @Override
        default Filled outputs(Dependency dep) {
            return dep.on(new Filled(cache().file()));
        }
    }

    /** A configuration with a state. */
    @ConfigType("job.notes")
    static final class Notes implements Configurable {
        private final StringBuilder text = new StringBuilder();
        private final int number;

        @ConfigConstructor
        Notes(int number) {
            this.number = number;
        }

        int number() {
            return number;
        }
    }

    /** An init task that notes a word, or throws it. */
    @ConfigType("job.note")
    record TakesNote(
            Notes notes, String word, @Default("false") boolean fails) implements InitTask {
        @Override
        public void init(TaskContext context) throws IOException {
            if (fails) {
                throw new IOException(word);
            }
            notes.text.append(word).append(' ').append(context.attempt()).append(' ');
        }
    }

    /** Prints the notes. */
    @ConfigType("job.prints-notes")
    record PrintsNotes(Notes notes) implements SelfTask<PrintsNotes> {
        @Override
        public void execute(TaskContext context) {
            System.out.print(notes.text + "task");
        }
    }
}
