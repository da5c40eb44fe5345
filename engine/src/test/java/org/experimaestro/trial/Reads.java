package org.experimaestro.trial;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.experimaestro.Config;
import org.experimaestro.ConfigType;
import org.experimaestro.Dependency;
import org.experimaestro.GeneratedPath;
import org.experimaestro.Meta;
import org.experimaestro.Task;
import org.experimaestro.TaskContext;

/**
 * A task that copies what the prepare steps of some corpora have made, and passes a {@link Control}.
 *
 * @param name what the files are named after
 * @param corpora what it reads
 * @param control the folder of the files
 * @param file what it writes
 */
@ConfigType("trial.reads")
public record Reads(
        String name,
        List<Corpus> corpora,
        @Meta Path control,
        @GeneratedPath("out.txt") Path file) implements Task<Written> {

    /** A task that reads corpora. */
    @SafeVarargs
    public static Config<Reads> of(Control control, String name, Config<Corpus>... corpora) {
        List<Config<Corpus>> read = new ArrayList<>();
        for (Config<Corpus> corpus : corpora) {
            read.add(corpus);
        }
        return Config.builder(Reads.class)
                .set("name", name)
                .set("corpora", read)
                .set("control", control.folder())
                .build();
    }

    @Override
    public void execute(TaskContext context) throws Exception {
        new Control(control).pass(name);
        StringBuilder text = new StringBuilder();
        for (Corpus corpus : corpora) {
            text.append(Files.readString(
                    context.cached(corpus, "text", corpus::fill).resolve("text")));
        }
        Files.writeString(file, text);
    }

    @Override
    public Written outputs(Dependency dep) {
        return dep.on(new Written(name, file));
    }
}
