import static org.experimaestro.Tags.tag;

import java.io.IOException;
import java.nio.file.Path;
import org.experimaestro.*;

/** Predicts with the best line of an earlier experiment. */
class Reuse implements ExperimentPlan<Reuse.Settings> {
    record Settings(Path best, double x) {}

    @Override
    public void run(Experiment xp, Settings settings) throws IOException {
        Config<Line> best = Config.load(settings.best(), Line.class);
        xp.submit(PredictBuilder.predict().line(best).x(tag(settings.x())).build());
    }

    @Override
    public void report(Report report) {
        System.out.println(report.table());
    }
}
