package org.experimaestro.manual;

import static org.experimaestro.Tags.tag;

import java.util.List;
import java.util.SplittableRandom;
import org.experimaestro.Best;
import org.experimaestro.Config;
import org.experimaestro.ConfigType;
import org.experimaestro.Experiment;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.Report;
import org.experimaestro.SelfTask;
import org.experimaestro.TaskContext;

/** The plan of docs/table.md: a grid of two parameters, repeated with several seeds. */
final class RankPlan implements ExperimentPlan<RankPlan.Settings> {
    private static final int TOPICS = 20;

    /** The number of seeds. */
    record Settings(int seeds) {}

    /** Ranks documents for some topics, and measures the average precision (ap) of each. */
    @ConfigType("manual.rank")
    record Rank(double k1, double b, long seed) implements SelfTask<Rank> {
        @Override
        public void execute(TaskContext context) {
            var random = new SplittableRandom(seed);
            double sum = 0;
            for (int topic = 1; topic <= TOPICS; topic++) {
                double ap = averagePrecision(topic, random);
                context.metric("map", "topic " + topic, ap);
                sum += ap;
            }
            context.metric("map", sum / TOPICS);
        }

        private double averagePrecision(int topic, SplittableRandom random) {
            double effect = 0.02 * Math.abs(k1 - 0.9) + 0.05 * Math.abs(b - 0.4) * (topic % 3);
            return 0.3 + 0.02 * (topic % 7) - effect + 0.1 * random.nextDouble();
        }
    }

    @Override
    public void run(Experiment xp, Settings settings) {
        for (double k1 : List.of(0.9, 1.2)) {
            for (double b : List.of(0.4, 0.75)) {
                for (long seed = 1; seed <= settings.seeds(); seed++) {
                    xp.submit(Config.builder(Rank.class)
                            .set("k1", tag(k1))
                            .set("b", tag(b))
                            .set("seed", tag(seed))
                            .build());
                }
            }
        }
    }

    @Override
    public void report(Report report) {
        System.out.println(report.table()
                .rows("k1")
                .columns("b")
                .mean("map")
                .best(Best.HIGHEST)
                .over("seed"));
    }
}
