import java.nio.file.Path;
import org.experimaestro.*;

/**
 * Trains a model by a Python program.
 *
 * @param script the program; an edit of it makes other jobs
 * @param rate learning rate
 * @param epochs number of epochs
 * @param pause seconds to rest after each epoch
 * @param python the command that runs the program
 * @param model the file that the program writes
 */
@ConfigType("recipes.python-train")
record Train(
        @Content Path script,
        double rate,
        @Default("5") int epochs,
        @Meta @Default("0") double pause,
        @Meta @Default("python3") String python,
        @GeneratedPath("model.json") Path model)
        implements ProcessTask<Train> {

    @Override
    public Program program() {
        return Program.of(python, script)
                .argument("--rate", rate)
                .argument("--epochs", epochs)
                .argument("--pause", pause)
                .argument("--model", model);
    }
}
