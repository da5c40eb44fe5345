import java.io.IOException;
import java.nio.file.Path;
import org.experimaestro.*;

/**
 * Trains a model by a command.
 *
 * @param script the command; an edit of it makes other jobs
 * @param layers number of layers
 * @param rate learning rate
 * @param output the folder for what the command writes: the job's own
 */
@ConfigType("recipes.shell-train")
record Train(@Content Path script, int layers, double rate, @GeneratedPath("") Path output) implements SelfTask<Train> {
    @Override
    public void execute(TaskContext context) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        "sh", script.toString(),
                        "--layers", Integer.toString(layers),
                        "--rate", Double.toString(rate),
                        "--output", output.toString())
                .directory(output.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        for (String line : process.inputReader().lines().toList()) {
            System.out.println(line);
            if (line.startsWith("accuracy ")) {
                context.metric("accuracy", Double.parseDouble(line.substring("accuracy ".length())));
            }
        }
        if (process.waitFor() != 0) {
            throw new IOException(script.getFileName() + " ended with exit code " + process.exitValue());
        }
    }
}
