package org.experimaestro.trial;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.experimaestro.Config;
import org.experimaestro.ConfigType;
import org.experimaestro.Meta;
import org.experimaestro.Preparable;
import org.experimaestro.PrepareContext;

/**
 * A configuration whose prepare step a test holds, lets go and makes fail: its step passes {@code prepare-NAME}, and the
 * one that fills its folder {@code fill-NAME}.
 *
 * @param name what the files are named after
 * @param from an output that it contains
 * @param control the folder of the files
 */
@ConfigType("trial.corpus")
public record Corpus(
        String name, Optional<Written> from, @Meta Path control) implements Preparable {
    /** A corpus without an output of a task. */
    public static Config<Corpus> of(Control control, String name) {
        return Config.builder(Corpus.class)
                .set("name", name)
                .set("control", control.folder())
                .build();
    }

    /** A corpus that contains an output. */
    public static Config<Corpus> of(Control control, String name, Config<Written> from) {
        return Config.builder(Corpus.class)
                .set("name", name)
                .set("from", from)
                .set("control", control.folder())
                .build();
    }

    @Override
    public void prepare(PrepareContext context) throws Exception {
        context.progress(0.5, "half");
        new Control(control).pass("prepare-" + name);
        context.cached("text", this::fill);
    }

    void fill(Path folder) throws IOException {
        Files.writeString(folder.resolve("half"), "");
        new Control(control).pass("fill-" + name);
        Files.writeString(
                folder.resolve("text"),
                from.isPresent() ? Files.readString(from.get().file()) : name);
    }
}
