import java.nio.file.Path;
import org.experimaestro.Experiment;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.Roots;

/** Counts the lines of files that are in another folder on each machine. */
class Lines implements ExperimentPlan<Lines.Settings> {

    record Settings(Path topics) {}

    @Override
    public void run(Experiment xp, Settings settings) {
        xp.submit(CountLinesBuilder.countLines().file(settings.topics()).build());

        Path trec = Roots.path("data:/trec");
        xp.submit(CountLinesBuilder.countLines().file(trec.resolve("documents.txt")).build());
    }
}
