package org.experimaestro.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.experimaestro.ConfigType;
import org.experimaestro.Dependency;
import org.experimaestro.GeneratedPath;
import org.experimaestro.Meta;
import org.experimaestro.Task;
import org.experimaestro.TaskContext;

/**
 * A task that reads the results of others, counts itself in a {@link Ledger} outside of the workspace, and writes a text that
 * depends on all that it has read.
 *
 * @param name the name, unique in its plan
 * @param inputs results, in an order
 * @param named results with names
 * @param bundle results inside another configuration
 * @param saving a task that is its own result
 * @param frail whether the first execution throws
 * @param ledger the folder of the ledger
 * @param file the text
 */
@ConfigType("faults.work")
public record Work(
        String name,
        List<Piece> inputs,
        Map<String, Piece> named,
        Optional<Bundle> bundle,
        Optional<Saving> saving,
        boolean frail,
        @Meta Path ledger,
        @GeneratedPath("out.txt") Path file)
        implements Task<Piece> {

    @Override
    public void execute(TaskContext context) throws IOException, InterruptedException {
        Ledger counts = new Ledger(ledger);
        counts.begin(name, context.attempt());
        try {
            work(context, counts);
        } finally {
            counts.leave(name, context.attempt());
        }
    }

    private void work(TaskContext context, Ledger counts) throws IOException, InterruptedException {
        if (frail && counts.hasToThrow(name)) {
            throw new IllegalStateException(name + " throws the first time");
        }
        List<Path> read = new ArrayList<>();
        inputs.forEach(piece -> read.add(piece.file()));
        new TreeMap<>(named).values().forEach(piece -> read.add(piece.file()));
        bundle.ifPresent(all -> all.pieces().forEach(piece -> read.add(piece.file())));
        saving.ifPresent(saved -> read.add(saved.file()));
        List<String> texts = new ArrayList<>();
        for (Path each : read) {
            texts.add(Files.readString(each));
        }
        // The half of the file shows that nobody reads the result of a job that was killed.
        Files.writeString(file, "half");
        context.progress(0.5, "half");
        counts.pause(1);
        Files.writeString(file, text(name, texts));
        context.metric("inputs", texts.size());
        counts.end(name, context.attempt());
    }

    /** The text of a work, from its name and the texts that it reads. */
    static String text(String name, List<String> texts) {
        return name + ":" + Integer.toHexString(String.join("|", texts).hashCode());
    }

    @Override
    public Piece outputs(Dependency dep) {
        return dep.on(new Piece(name, file));
    }
}
