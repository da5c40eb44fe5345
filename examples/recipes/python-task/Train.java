import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
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
        implements SelfTask<Train> {

    @Override
    public void execute(TaskContext context) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        python, script.toString(),
                        "--rate", Double.toString(rate),
                        "--epochs", Integer.toString(epochs),
                        "--pause", Double.toString(pause),
                        "--model", model.toString())
                .directory(context.folder().toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var reader = new Thread(() -> process.inputReader().lines().forEach(line -> tell(line, context)));
        reader.start();
        try {
            int exitCode = process.waitFor(); // an InterruptedException if the job is asked to end
            reader.join();
            if (exitCode != 0) {
                throw new IOException(script.getFileName() + " ended with exit code " + exitCode);
            }
        } finally {
            stop(process);
        }
    }

    /** Records a line such as "metric loss 0.25 3" or "progress 0.4", and prints any other. */
    private static void tell(String line, TaskContext context) {
        String[] words = line.split(" ");
        switch (words[0]) {
            case "metric" -> context.metric(words[1], Double.parseDouble(words[2]), Long.parseLong(words[3]));
            case "progress" -> context.progress(Double.parseDouble(words[1]));
            default -> System.out.println(line);
        }
    }

    /** Sends SIGTERM, and SIGKILL after 15 seconds; does nothing if the process has ended. */
    private static void stop(Process process) throws InterruptedException {
        process.destroy();
        if (!process.waitFor(15, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
