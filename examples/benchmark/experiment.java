import static org.experimaestro.Tags.tag;

import org.experimaestro.*;

/** Compares learners on several data sets, each with several splits. */
class Benchmark implements ExperimentPlan<Benchmark.Settings> {
    record Case(Learner learner, Data data) {}

    record Settings(Grid<Case> cases, @Default("1") @Range(min = 1) int replicates) {}

    @Override
    public void run(Experiment xp, Settings settings) {
        for (Grid.Point<Case> point : settings.cases()) {
            for (int replicate = 0; replicate < settings.replicates(); replicate++) {
                var classify = ClassifyBuilder.classify()
                        .learner(point.value().learner())
                        .data(point.value().data())
                        .replicate(tag(replicate))
                        .build();
                xp.submit(point.tag(classify));
            }
        }
    }

    @Override
    public void report(Report report) {
        System.out.println(report.table()
                .rows("learner")
                .columns("data")
                .mean("accuracy")
                .best(Best.HIGHEST));
    }
}
