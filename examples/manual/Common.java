import java.io.IOException;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import org.experimaestro.ConfigType;
import org.experimaestro.SelfTask;
import org.experimaestro.TaskContext;

/**
 * How many lines all counts have in common.
 *
 * @param counts at least one
 */
@ConfigType("manual.common")
record Common(List<Counts> counts) implements SelfTask<Common> {
    @Override
    public void execute(TaskContext context) throws IOException {
        var common = new HashSet<>(Files.readAllLines(counts.getFirst().file()));
        for (Counts each : counts) {
            common.retainAll(Files.readAllLines(each.file()));
        }
        context.metric("common", common.size());
    }
}
