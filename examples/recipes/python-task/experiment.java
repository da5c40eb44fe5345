import static org.experimaestro.Tags.tag;

import java.nio.file.Path;
import java.util.List;
import org.experimaestro.*;

/** Trains with several learning rates. */
class Python implements ExperimentPlan<Python.Settings> {
    record Settings(List<Double> rates, @Default("5") int epochs, @Default("0") double pause) {}

    @Override
    public void run(Experiment xp, Settings settings) {
        for (double rate : settings.rates()) {
            xp.submit(TrainBuilder.train()
                    .script(Path.of("train.py"))
                    .rate(tag(rate))
                    .epochs(settings.epochs())
                    .pause(settings.pause())
                    .build());
        }
    }

    @Override
    public void report(Report report) {
        System.out.println(report.table());
    }
}
