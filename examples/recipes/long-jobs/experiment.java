import static org.experimaestro.Tags.tag;

import java.nio.file.Path;
import java.util.List;
import org.experimaestro.*;

/** Learns the letters of a text, for different times. */
class LongJobs implements ExperimentPlan<LongJobs.Settings> {
    record Settings(List<Integer> epochs, Requirement needs) {}

    @Override
    public void run(Experiment xp, Settings settings) {
        for (int epochs : settings.epochs()) {
            xp.submit(
                    LettersBuilder.letters()
                            .text(Path.of("text.txt"))
                            .epochs(tag(epochs))
                            .build(),
                    Launcher.find(settings.needs()));
        }
    }

    @Override
    public void report(Report report) {
        System.out.println(report.table());
    }
}
