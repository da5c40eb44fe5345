package org.experimaestro.manual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.experimaestro.Best;
import org.experimaestro.JobReport;
import org.experimaestro.PaperTable;
import org.experimaestro.PaperTable.Cell;
import org.experimaestro.PaperTable.Mark;
import org.experimaestro.PaperTable.Verdict;
import org.experimaestro.PlanException;
import org.experimaestro.Table;
import org.experimaestro.TableFormat;
import org.experimaestro.TableLayout;
import org.experimaestro.monitor.WorkspaceReader;
import org.experimaestro.testkit.PlanRun;
import org.experimaestro.testkit.PlanRunner;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/table.md shows. */
class TablePageTest {
    @TempDir
    private Path folder;

    private PlanRun run;

    @BeforeEach
    void run() {
        run = PlanRunner.of(new RankPlan())
                .name("rank")
                .workspace(folder.resolve("work"))
                .run(new RankPlan.Settings(5));
    }

    private TableLayout layout() {
        return run.report()
                .table()
                .rows("k1")
                .columns("b")
                .mean("map")
                .best(Best.HIGHEST)
                .over("seed");
    }

    @Test
    void table_ofTheReport_isThatOfThePage() throws IOException {
        String page = Files.readString(Path.of("../docs/table.md"));

        assertThat(page).contains("```text\n" + layout() + "\n```");
        assertThat(page).contains("```latex\n" + layout().compute().to(TableFormat.LATEX) + "```");
        assertThat(layout().compute().cells())
                .extracting(Cell::mark)
                .containsExactly(Mark.BEST, Mark.BEST, Mark.NONE, Mark.NONE);
    }

    @Test
    void table_baseline_isThatOfThePage() throws IOException {
        TableLayout compared = layout().baseline("k1", 1.2).pValues();

        assertThat(Path.of("../docs/table.md")).content().contains("```text\n" + compared + "\n```");
        assertThat(compared.compute().cells())
                .extracting(Cell::verdict)
                .containsExactly(Verdict.BETTER, Verdict.BETTER, Verdict.BASELINE, Verdict.BASELINE);
    }

    @Test
    void table_ofAWorkspace_isTheSame() throws IOException {
        Path work = folder.resolve("work");
        Table jobs = WorkspaceReader.open(work).experiment("rank").table();
        PaperTable table = jobs.rows("k1")
                .columns("b")
                .mean("map")
                .best(Best.HIGHEST)
                .over("seed")
                .compute();
        Files.writeString(folder.resolve("table.tex"), table.to(TableFormat.LATEX));
        for (PaperTable.Cell cell : table.cells()) {
            System.out.println(cell.row() + " " + cell.column() + " " + cell.value() + " n=" + cell.n());
        }

        assertThat(table).hasToString(layout().toString());
        assertThat(folder.resolve("table.tex")).content().contains("\\toprule");
    }

    @Test
    void table_perUnit_pairsTopics() {
        // In a column, k1 changes all topics by the same number, which no test can judge.
        PaperTable table = layout().bestOfTable().perUnit().compute();

        assertThat(table.cells().get(1).pairs()).isEqualTo(20);
        assertThat(table.cells().get(2).pairs()).isZero();
        JobReport job = run.report().jobs().getFirst();
        assertThat(job.unitMetrics("map")).hasSize(20).containsKey("topic 20");
        assertThat(job.metrics()).containsOnlyKeys("map");
    }

    @Test
    void table_withoutOneOfTheTags_isRefused() throws IOException {
        TableLayout mixed = run.report().table().rows("k1").mean("map").over("seed");

        assertThatThrownBy(mixed::compute)
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("b is 0.4, 0.75")
                .satisfies(refusal -> assertThat(Files.readString(Path.of("../docs/table.md")))
                        .contains(refusal.getMessage().replaceFirst("^[^ ]+ ", "")));
    }
}
