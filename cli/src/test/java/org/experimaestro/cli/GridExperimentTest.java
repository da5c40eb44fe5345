package org.experimaestro.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code run-experiment} with a grid in the settings. */
@ExtendWith(TempHome.class)
class GridExperimentTest {
    private static final String PLAN = """
            class P implements ExperimentPlan<P.S> {
              record Model(double k1, @Default("0.4") double b) {}
              record S(Grid<Model> models) {}
              @ConfigType("t.search") record Search(double k1, double b) implements SelfTask<Search> {
                public void execute(TaskContext context) {}
              }
              public void run(Experiment xp, S s) {
                for (Grid.Point<Model> point : s.models()) {
                  Model model = point.value();
                  xp.submit(point.tag(P_SearchBuilder.search().k1(model.k1()).b(model.b()).build()));
                }
              }
            }
            """;

    @TempDir
    private Path place;

    private PlanFolder folder;

    @BeforeEach
    void makeFolder() {
        folder = new PlanFolder(place);
    }

    @Test
    void dryRun_grid_printsItsPointsAndTheirTags() {
        folder.source(PLAN).settings("models: {k1: {choose: [0.9, 1.2, 0.9]}, b: {range: [0.1, 0.2, 0.1]}}\n");

        var run = folder.run("--run-mode", "dry-run");

        assertThat(run.exitCode()).as(run.text()).isZero();
        assertThat(run.text())
                .contains(
                        "Grid models: 3 × 2 = 6 points, 2 repeated",
                        "the grid \"models\" repeats 2 points; each point counts once",
                        "b=0.1 k1=0.9",
                        "b=0.2 k1=1.2",
                        "4 jobs");
    }

    @Test
    void limit_ofTheCommandLine_countsInThePlaceOfThatOfTheGrid() {
        folder.source(PLAN).settings("models: {k1: {range: [1, 3]}, limit: 2}\n");

        var refused = folder.run("--run-mode", "dry-run");
        var raised = folder.run("--run-mode", "dry-run", "--limit", "3");

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.text()).contains("the grid \"models\" has 3 points, more than 2; make it smaller");
        assertThat(raised.exitCode()).as(raised.text()).isZero();
        assertThat(folder.run("--limit", "0").text())
                .contains("Invalid value for option '--limit': a grid has 1 to 10,000,000 points, not 0");
    }
}
