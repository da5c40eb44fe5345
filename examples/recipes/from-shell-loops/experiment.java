import static org.experimaestro.Tags.tag;

import java.nio.file.Path;
import java.util.List;
import org.experimaestro.*;

/** The loop, as a plan. */
class Loop implements ExperimentPlan<Loop.Settings> {
    record Settings(List<Integer> layers, List<Double> rates) {}

    @Override
    public void run(Experiment xp, Settings settings) {
        for (int layers : settings.layers()) {
            for (double rate : settings.rates()) {
                xp.submit(TrainBuilder.train()
                        .script(Path.of("train.sh"))
                        .layers(tag(layers))
                        .rate(tag(rate))
                        .build());
            }
        }
    }

    @Override
    public void report(Report report) {
        System.out.println(report.table());
    }
}
