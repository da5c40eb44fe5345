package org.experimaestro.manual;

import java.io.IOException;
import java.util.List;
import org.experimaestro.Config;
import org.experimaestro.ConfigType;
import org.experimaestro.Configurable;
import org.experimaestro.Experiment;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.SelfTask;
import org.experimaestro.TaskContext;

/** The experiment of the examples of docs/filter.md. */
public final class GridPlan implements ExperimentPlan<GridPlan.Settings> {

    /**
     * The keys of the YAML file.
     *
     * @param k1 the values of the grid
     */
    public record Settings(List<Double> k1) {}

    /**
     * An index.
     *
     * @param shards the number of its parts
     */
    @ConfigType("manual.index")
    public record Index(int shards) implements Configurable {}

    /**
     * Searches an index; fails for a large value.
     *
     * @param k1 a parameter of the search
     * @param index the index
     */
    @ConfigType("manual.search")
    public record Search(double k1, Index index) implements SelfTask<Search> {
        @Override
        public void execute(TaskContext context) throws IOException {
            if (k1 > 2) {
                throw new IOException("No space left on device");
            }
            context.metric("map", k1 / 4);
        }
    }

    @Override
    public void run(Experiment xp, Settings settings) {
        Config<Index> index = Config.builder(Index.class).set("shards", 3).build();
        for (double k1 : settings.k1()) {
            xp.submit(Config.builder(Search.class)
                    .set("k1", k1)
                    .set("index", index)
                    .build()
                    .tag("k1", k1));
        }
    }
}
