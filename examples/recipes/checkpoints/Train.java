import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.experimaestro.*;

/**
 * Fits the slope of a line by gradient descent, and announces a checkpoint from time to time.
 *
 * @param rate learning rate
 * @param steps number of steps
 * @param every number of steps between two checkpoints
 */
@ConfigType("recipes.train-line")
record Train(double rate, @Default("20") int steps, @Default("5") int every) implements SelfTask<Train>, Resumable {
    @Override
    public void execute(TaskContext context) throws IOException {
        Path saved = context.folder().resolve("saved.txt");
        int step = 0;
        double slope = 0;
        if (Files.exists(saved)) { // an attempt before was ended
            String[] words = Files.readString(saved).split(" ");
            step = Integer.parseInt(words[0]);
            slope = Double.parseDouble(words[1]);
        }
        while (step < steps) {
            context.throwIfCancelled();
            for (double x = 1; x <= 4; x++) {
                slope -= rate * 2 * (slope * x - 3 * x) * x;
            }
            step++;
            context.progress((double) step / steps, "step " + step);
            if (step % every == 0) {
                Path file = write(context.folder().resolve("step-" + step + ".txt"), slope + "");
                context.announce("step " + step, new Checkpoint(step, file));
                write(saved, step + " " + slope);
            }
        }
    }

    /** Writes a file that is never seen half. */
    private static Path write(Path file, String text) throws IOException {
        Path draft = Files.writeString(file.resolveSibling("draft"), text);
        return Files.move(draft, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }
}
