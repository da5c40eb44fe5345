import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.experimaestro.*;

/**
 * Counts the lines of a file that is identified by its path.
 *
 * @param file the file
 */
@ConfigType("recipes.lines-by-path")
record LinesByPath(Path file) implements SelfTask<LinesByPath> {
    @Override
    public void execute(TaskContext context) throws IOException {
        context.metric("lines", Files.readAllLines(file).size());
    }
}

/**
 * Counts the lines of a file that is identified by what it contains.
 *
 * @param file the file
 */
@ConfigType("recipes.lines-by-content")
record LinesByContent(@Content Path file) implements SelfTask<LinesByContent> {
    @Override
    public void execute(TaskContext context) throws IOException {
        context.metric("lines", Files.readAllLines(file).size());
    }
}

/** Counts in both ways. */
class ContentAndPaths implements ExperimentPlan<ContentAndPaths.Settings> {
    record Settings(Path topics) {}

    @Override
    public void run(Experiment xp, Settings settings) {
        xp.submit(LinesByPathBuilder.linesByPath().file(settings.topics()).build().tag("by", "path"));
        xp.submit(LinesByContentBuilder.linesByContent().file(settings.topics()).build().tag("by", "content"));
    }

    @Override
    public void report(Report report) {
        System.out.println(report.table());
    }
}
