import static org.experimaestro.Tags.tag;

import java.util.ArrayList;
import java.util.List;
import org.experimaestro.Config;
import org.experimaestro.Experiment;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.Report;

/** Measures how often a way leads through squares of several sizes, and where it begins to. */
class PercolationPlan implements ExperimentPlan<PercolationPlan.Settings> {
    /**
     * The keys of the YAML files.
     *
     * @param sizes the cells along each side of the squares
     * @param densities the probabilities that a cell is open
     * @param seeds the seeds to repeat each setting with
     * @param squares the number of squares for each setting and seed
     */
    record Settings(List<Integer> sizes, List<Double> densities, List<Long> seeds, int squares) {}

    @Override
    public void run(Experiment xp, Settings settings) {
        for (int size : settings.sizes()) {
            for (long seed : settings.seeds()) {
                List<Config<Percolate>> points = new ArrayList<>();
                for (double density : settings.densities()) {
                    points.add(xp.submit(PercolateBuilder.percolate()
                                    .size(tag(size))
                                    .density(tag(density))
                                    .seed(tag(seed))
                                    .squares(settings.squares())
                                    .build())
                            .stopTags());
                }
                var threshold = ThresholdBuilder.threshold().points(points).build();
                xp.submit(threshold.tag("size", size).tag("seed", seed));
            }
        }
    }

    @Override
    public void report(Report report) {
        System.out.println(report.table().rows("density").columns("size").mean("spanning").over("seed"));
        System.out.println(report.table().rows("size").mean("threshold").over("seed"));
    }
}
