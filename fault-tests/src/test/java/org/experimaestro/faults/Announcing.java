package org.experimaestro.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.experimaestro.ConfigType;
import org.experimaestro.Meta;
import org.experimaestro.Resumable;
import org.experimaestro.SelfTask;
import org.experimaestro.TaskContext;
import org.experimaestro.disturbance.program.Await;

/**
 * A task that announces a piece in each step, and ends a step when somebody has read its piece.
 *
 * @param steps the number of steps
 * @param gate the folder where a file for each step tells that it may end
 */
@ConfigType("faults.announcing")
public record Announcing(int steps, @Meta Path gate) implements SelfTask<Announcing>, Resumable {

    @Override
    public void execute(TaskContext context) throws IOException {
        for (int step = 1; step <= steps; step++) {
            Path file = context.folder().resolve("step-" + step);
            Files.writeString(file, "step " + step);
            context.announce("step " + step, new Piece(Integer.toString(step), file));
            Path end = gate.resolve("step-" + step);
            Await.until(end + " is there", Site.PATIENCE, () -> Files.exists(end));
        }
    }

    /**
     * A task that reads a piece, and lets its step end unless a test holds it.
     *
     * @param piece the piece
     * @param gate as above
     */
    @ConfigType("faults.reading")
    public record Reading(Piece piece, @Meta Path gate) implements SelfTask<Reading> {
        @Override
        public void execute(TaskContext context) throws IOException {
            Files.readString(piece.file());
            if (!Files.exists(gate.resolve("hold-" + piece.by()))) {
                Files.writeString(gate.resolve("step-" + piece.by()), "");
            }
        }
    }
}
