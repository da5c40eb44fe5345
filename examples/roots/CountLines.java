import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.experimaestro.ConfigType;
import org.experimaestro.SelfTask;
import org.experimaestro.TaskContext;

/**
 * Counts the lines of a file.
 *
 * @param file the file
 */
@ConfigType("roots.count-lines")
record CountLines(Path file) implements SelfTask<CountLines> {
    @Override
    public void execute(TaskContext context) throws IOException {
        context.metric("lines", Files.readAllLines(file).size());
    }
}
