package org.experimaestro.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.experimaestro.ConfigType;
import org.experimaestro.GeneratedPath;
import org.experimaestro.Meta;
import org.experimaestro.Resumable;
import org.experimaestro.SelfTask;
import org.experimaestro.TaskContext;

/**
 * A task of three steps that goes on after the last step that it has saved, announces the first, and is its own result.
 *
 * @param name the name, unique in its plan
 * @param input a result that it begins with
 * @param ledger the folder of the ledger
 * @param file the text, one letter for each step after that of the input
 */
@ConfigType("faults.saving")
public record Saving(
        String name,
        Optional<Piece> input,
        @Meta Path ledger,
        @GeneratedPath("steps.txt") Path file) implements SelfTask<Saving>, Resumable {
    private static final int STEPS = 3;

    @Override
    public void execute(TaskContext context) throws IOException, InterruptedException {
        Ledger counts = new Ledger(ledger);
        counts.begin(name, context.attempt());
        String start = input.isPresent() ? Files.readString(input.get().file()) : "";
        String text = Files.exists(file) ? Files.readString(file) : start;
        while (text.length() < start.length() + STEPS) {
            counts.pause(STEPS);
            text += "s";
            Path draft = context.folder().resolve("draft");
            Files.writeString(draft, text);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            if (text.length() == start.length() + 1) {
                Path first = context.folder().resolve("first.txt");
                Files.writeString(draft, text);
                Files.move(draft, first, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                context.announce("first", new Piece(name, first));
            }
        }
        counts.end(name, context.attempt());
    }

    /** The text that it announces, from that of its input. */
    static String announced(String input) {
        return input + "s";
    }

    /** The text of a task, from that of its input. */
    static String text(String input) {
        return input + "s".repeat(STEPS);
    }
}
