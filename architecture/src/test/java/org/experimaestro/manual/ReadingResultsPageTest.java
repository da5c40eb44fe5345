package org.experimaestro.manual;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.experimaestro.Outcome;
import org.experimaestro.Table;
import org.experimaestro.monitor.ExperimentResults;
import org.experimaestro.monitor.JobResults;
import org.experimaestro.monitor.RunResults;
import org.experimaestro.monitor.WorkspaceReader;
import org.experimaestro.monitor.log.MetricPoint;
import org.experimaestro.testkit.PlanRunner;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/reading-results.md shows. */
class ReadingResultsPageTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void run() {
        PlanRunner.of(new SquarePlan()).name("squares").workspace(folder).run(new SquarePlan.Settings(12));
    }

    @Test
    void table_latestRun_hasTheMetric() {
        Table table = WorkspaceReader.open(folder).experiment("squares").table();
        System.out.println(table);
        for (Map<String, Object> row : table.rows()) {
            double square = (Double) row.get("square");
            assertThat(square).isEqualTo(144);
        }

        assertThat(table.toCsv()).isEqualTo("square\n144\n");
    }

    @Test
    void jobs_ofARun_haveAllThatIsKnown() {
        ExperimentResults squares = WorkspaceReader.open(folder).experiment("squares");
        for (RunResults run : squares.runs()) {
            for (JobResults job : run.jobs()) {
                System.out.println(job.name() + " " + job.state() + " " + job.parameters() + " " + job.metrics());
            }
        }

        JobResults job = squares.jobs().getFirst();
        assertThat(job.outcome()).isEqualTo(Outcome.DONE);
        assertThat(job.parameters()).isEqualTo(Map.of("number", 12L));
        assertThat(job.metric("square")).isEqualTo(144);
    }

    @Test
    void job_byItsDigits_hasItsValuesOverTime() {
        String digits = WorkspaceReader.open(folder).jobs().getFirst().id().toString();

        JobResults job = WorkspaceReader.open(folder).job(digits);
        List<MetricPoint> losses = job.metricHistory().getOrDefault("loss", List.of());
        for (MetricPoint loss : losses) {
            System.out.println(loss.step() + " " + loss.value());
        }

        assertThat(losses).isEmpty();
    }
}
