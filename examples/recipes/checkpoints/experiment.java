import static org.experimaestro.Tags.tag;

import java.util.List;
import org.experimaestro.*;

/** Evaluates each checkpoint while the training goes on. */
class Checkpoints implements ExperimentPlan<Checkpoints.Settings> {
    record Settings(List<Double> rates) {}

    @Override
    public void run(Experiment xp, Settings settings) {
        for (double rate : settings.rates()) {
            Config<Train> training = xp.submit(TrainBuilder.train().rate(tag(rate)).build());
            xp.onAnnounced(training, Checkpoint.class, checkpoint -> {
                var evaluate = EvaluateBuilder.evaluate().checkpoint(checkpoint).build();
                xp.submit(evaluate.tag("step", checkpoint.value().step()));
            });
            xp.onEnd(training, report -> System.out.println("rate " + rate + " has ended: " + report.state()));
        }
    }

    @Override
    public void report(Report report) {
        System.out.println(report.table().rows("step").columns("rate").mean("error"));
    }
}
