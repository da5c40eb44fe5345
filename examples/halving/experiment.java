import static org.experimaestro.Tags.tag;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.experimaestro.Best;
import org.experimaestro.Config;
import org.experimaestro.Experiment;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.JobReport;
import org.experimaestro.Outcome;
import org.experimaestro.Range;
import org.experimaestro.Report;

/** Trains many networks for a short time, and the better ones for a longer time. */
class Halving implements ExperimentPlan<Halving.Settings> {
    /**
     * The keys of the YAML file.
     *
     * @param widths the widths of the networks
     * @param rates the learning rates
     * @param rungs the number of rounds
     * @param epochs the number of epochs of the first round; each round has twice as many as the one before
     */
    record Settings(
            List<Integer> widths, List<Double> rates, @Range(min = 1) int rungs, @Range(min = 1) int epochs) {}

    /** A candidate, with the network that the last round has made of it. */
    record Candidate(TrainBuilder task, double error) {}

    @Override
    public void run(Experiment xp, Settings settings) throws InterruptedException {
        List<TrainBuilder> candidates = new ArrayList<>();
        for (int width : settings.widths()) {
            for (double rate : settings.rates()) {
                candidates.add(TrainBuilder.train().width(tag(width)).rate(tag(rate)));
            }
        }
        int epochs = settings.epochs();
        for (int rung = 1; rung <= settings.rungs(); rung++) {
            Map<TrainBuilder, Config<Learned>> learned = new LinkedHashMap<>();
            for (TrainBuilder candidate : candidates) {
                var train = candidate.epochs(epochs).build().tag("rung", rung);
                learned.put(candidate, xp.submit(train));
            }
            List<Candidate> done = new ArrayList<>();
            for (TrainBuilder candidate : candidates) {
                JobReport report = xp.report(learned.get(candidate)); // waits for this job
                if (report.outcome() == Outcome.DONE) {
                    // The next round goes on with this network, and does not inherit its rung.
                    done.add(new Candidate(
                            candidate.before(learned.get(candidate).stopTags()), report.metric("error")));
                }
            }
            done.sort(Comparator.comparingDouble(Candidate::error));
            candidates = done.stream()
                    .limit((done.size() + 1) / 2)
                    .map(Candidate::task)
                    .toList();
            epochs *= 2;
        }
    }

    @Override
    public void report(Report report) {
        System.out.println(report.table()
                .rows("width", "rate")
                .columns("rung")
                .mean("error")
                .best(Best.LOWEST));
    }
}
