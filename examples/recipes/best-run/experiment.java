import static org.experimaestro.Tags.tag;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.experimaestro.*;

/** Fits with several learning rates, and predicts with the best line. */
class Best implements ExperimentPlan<Best.Settings> {
    record Settings(List<Double> rates) {}

    @Override
    public void run(Experiment xp, Settings settings) throws IOException, InterruptedException {
        // All fits are submitted before the first one is waited for
        List<Config<Line>> lines = new ArrayList<>();
        for (double rate : settings.rates()) {
            lines.add(xp.submit(FitBuilder.fit().rate(tag(rate)).build()));
        }

        Config<Line> best = null;
        JobReport bestFit = null;
        for (Config<Line> line : lines) {
            JobReport fit = xp.report(line); // waits for this job
            boolean isDone = fit.outcome() == Outcome.DONE;
            if (isDone && (bestFit == null || fit.metric("loss") < bestFit.metric("loss"))) {
                best = line;
                bestFit = fit;
            }
        }
        if (best == null) {
            return; // no fit is done: for example in the dry run of a new grid
        }
        System.out.println("Best: " + bestFit.tags() + " in " + bestFit.folder());
        if (xp.runMode() == RunMode.NORMAL) {
            Config.save(best, xp.resultsFolder().resolve("best.json"));
        }
        xp.submit(PredictBuilder.predict().line(best).x(2).build());
    }

    @Override
    public void report(Report report) {
        System.out.println(report.table());
    }
}
