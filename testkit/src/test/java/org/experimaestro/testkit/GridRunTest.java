package org.experimaestro.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.experimaestro.Tags.tag;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.experimaestro.Best;
import org.experimaestro.Config;
import org.experimaestro.ConfigType;
import org.experimaestro.Default;
import org.experimaestro.Experiment;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.Grid;
import org.experimaestro.JobReport;
import org.experimaestro.RandomStream;
import org.experimaestro.SelfTask;
import org.experimaestro.TaskContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plan with a grid and replicates, whose settings a test gives as records. */
class GridRunTest {
    @TempDir
    private Path folder;

    record Optimizer(double lr) {}

    record Model(Optimizer optimizer, int layers) {}

    record Settings(Grid<Model> models, int replicates) {}

    @ConfigType("testkit.grid.fit")
    record Fit(double lr, int layers, @Default("0") int replicate) implements SelfTask<Fit> {
        @Override
        public void execute(TaskContext context) {
            context.metric("drawn", context.random("start").nextLong(1000));
            context.metric("again", context.random("start").nextLong(1000));
            context.metric("other", context.random("noise").nextLong(1000));
        }
    }

    static final class GridPlan implements ExperimentPlan<Settings> {
        @Override
        public void run(Experiment xp, Settings settings) {
            for (Grid.Point<Model> point : settings.models()) {
                for (int replicate = 0; replicate < settings.replicates(); replicate++) {
                    xp.submit(point.tag(fit(point.value(), replicate)));
                }
            }
        }
    }

    private static Config<Fit> fit(Model model, int replicate) {
        return Config.builder(Fit.class)
                .set("lr", model.optimizer().lr())
                .set("layers", model.layers())
                .set("replicate", tag(replicate))
                .build();
    }

    private static final Model FIRST = new Model(new Optimizer(0.1), 2);
    private static final Model SECOND = new Model(new Optimizer(0.2), 2);

    @Test
    void plan_gridOfRecords_submitsEachPointWithWhatVaries() {
        PlanRun run = PlanRunner.of(new GridPlan()).dryRun(new Settings(Grid.of(FIRST, SECOND, FIRST), 1));

        List<SortedMap<String, Object>> tags =
                run.submissions(Fit.class).stream().map(TaskSubmission::tags).toList();

        assertThat(tags)
                .extracting(Map::toString)
                .containsExactly("{optimizer.lr=0.1, replicate=0}", "{optimizer.lr=0.2, replicate=0}");
    }

    @Test
    void replicate_thatIsZero_movesNoIdentifier() {
        Config<Fit> without =
                Config.builder(Fit.class).set("lr", 0.1).set("layers", 2).build();

        assertThat(fit(FIRST, 0).id()).isEqualTo(without.id());
        assertThat(fit(FIRST, 1).id())
                .isNotEqualTo(without.id())
                .isNotEqualTo(fit(FIRST, 2).id());
    }

    @Test
    void table_ofReplicates_averagesOverThem() {
        PlanRunner<Settings> runner = PlanRunner.of(new GridPlan()).workspace(folder.resolve("work"));
        Settings settings = new Settings(Grid.of(FIRST, SECOND), 3);

        PlanRun run = runner.run(settings);

        String table = run.report()
                .table()
                .rows("optimizer.lr")
                .mean("drawn")
                .best(Best.LOWEST)
                .toString();
        assertThat(table).contains("drawn: mean over replicate ± ").contains("n=3");
        for (JobReport job : run.report().jobs()) {
            assertThat(job.metric("drawn"))
                    .isEqualTo(job.metric("again"))
                    .isEqualTo(RandomStream.of(job.id(), "start").nextLong(1000));
            assertThat(job.metric("other"))
                    .isEqualTo(RandomStream.of(job.id(), "noise").nextLong(1000));
        }
        assertThat(run.report().jobs().stream().map(job -> job.metric("drawn")).distinct())
                .as("replicates and settings have other numbers")
                .hasSize(6);
    }

    @Test
    void random_ofATestContext_isThatOfTheJob() throws Exception {
        TestContext context = TestContext.in(folder);
        Config<Fit> fit = fit(SECOND, 1);

        context.execute(fit);

        assertThat(context.metrics().get("drawn"))
                .isEqualTo(RandomStream.of(fit.id(), "start").nextLong(1000));
    }
}
