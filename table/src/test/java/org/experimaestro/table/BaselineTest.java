package org.experimaestro.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.experimaestro.Best;
import org.experimaestro.JobReport;
import org.experimaestro.PaperTable;
import org.experimaestro.PaperTable.Cell;
import org.experimaestro.PaperTable.Mark;
import org.experimaestro.PaperTable.Verdict;
import org.experimaestro.Table;
import org.experimaestro.TableLayout;
import org.junit.jupiter.api.Test;

/** Comparisons of the cells of a table with one of them. */
class BaselineTest extends SampleGrid {
    @Test
    void compute_baseline_tellsBetterFromWorse() {
        add(1, 0.4, 0.50, 0.51, 0.49, 0.52);
        add(2, 0.4, 0.60, 0.62, 0.59, 0.61);
        add(3, 0.4, 0.40, 0.42, 0.39, 0.41);
        add(4, 0.4, 0.51, 0.50, 0.50, 0.52);

        PaperTable table = layout().baseline("k1", 1).compute();

        assertThat(table.cells())
                .extracting(Cell::verdict)
                .containsExactly(Verdict.BASELINE, Verdict.BETTER, Verdict.WORSE, Verdict.UNDECIDED);
        assertThat(table.cells())
                .extracting(Cell::mark)
                .as("the best is still marked, and compared with the baseline")
                .containsExactly(Mark.NONE, Mark.BEST, Mark.NONE, Mark.NONE);
        assertThat(table.cells()).extracting(Cell::pairs).containsExactly(0, 4, 4, 4);
        assertThat(table.toString())
                .contains("+, -: significantly better, or worse, than the baseline k1=1.0 (t test, two-sided, paired by"
                        + " replicate, 4 pairs, Holm for 3 comparisons, level 0.05)");
        assertThat(Table.of(List.copyOf(jobs))
                        .rows("k1")
                        .mean("map")
                        .best(Best.LOWEST)
                        .over("seed")
                        .baseline("k1", 1.0)
                        .compute()
                        .cells())
                .extracting(Cell::verdict)
                .containsExactly(Verdict.BASELINE, Verdict.WORSE, Verdict.BETTER, Verdict.UNDECIDED);
    }

    @Test
    void compute_baselineOfARowAndOfTheTable_isAColumnAndACell() {
        add(1, 0.4, 0.50, 0.51, 0.49, 0.52);
        add(1, 0.75, 0.60, 0.62, 0.59, 0.61);
        add(2, 0.4, 0.40, 0.42, 0.39, 0.41);
        add(2, 0.75, 0.30, 0.31, 0.28, 0.33);

        assertThat(layout().bestPerRow().baseline("b", 0.4).compute().cells())
                .extracting(Cell::verdict)
                .containsExactly(Verdict.BASELINE, Verdict.BETTER, Verdict.BASELINE, Verdict.WORSE);
        assertThat(layout().bestOfTable()
                        .baseline("b", 0.4)
                        .baseline("k1", 1)
                        .compute()
                        .cells())
                .extracting(Cell::verdict)
                .containsExactly(Verdict.BASELINE, Verdict.BETTER, Verdict.WORSE, Verdict.WORSE);
    }

    @Test
    void compute_baselineOfOneReplicate_isNotCompared() {
        add(1, 0.4, 0.5);
        add(2, 0.4, 0.6);

        PaperTable table = layout().baseline("k1", 1).pValues().compute();

        assertThat(table.cells()).extracting(Cell::verdict).containsExactly(Verdict.BASELINE, Verdict.NONE);
        assertThat(table.cells()).allMatch(cell -> cell.p().isEmpty());
        assertThat(table.toString()).contains("no cells are compared: a test needs two complete cells");
    }

    @Test
    void compute_incompleteBaseline_comparesOtherColumnsOnly() {
        add(1, 0.4, 0.50, 0.51, 0.49);
        add(2, 0.4, 0.60, 0.62, 0.59);
        add(1, 0.75, 0.50, 0.51);
        add(2, 0.75, 0.60, 0.62, 0.59);
        add(3, 0.75, 0.40, 0.42, 0.39);

        PaperTable table = layout().baseline("k1", 1).compute();

        assertThat(cell(table, 2, 0.4).verdict()).isEqualTo(Verdict.BETTER);
        assertThat(cell(table, 2, 0.75).verdict()).isEqualTo(Verdict.NONE);
        assertThat(cell(table, 2, 0.75).mark()).isEqualTo(Mark.BEST);
        assertThat(table.toString())
                .contains("no comparison in 1 of 2 columns, where the baseline or all other cells are incomplete");
    }

    /** Nineteen small gains and one great loss: the ranks tell a gain, and the mean a loss. */
    @Test
    void compute_baselineByRanks_hasTheDirectionOfTheRanks() {
        double[] before = new double[20];
        double[] after = new double[20];
        for (int i = 0; i < 20; i++) {
            before[i] = 10 + i;
            after[i] = i == 19 ? -1000 : 10 + i + 0.001 * (i + 1);
        }
        add(1, 0.4, before);
        add(2, 0.4, after);

        assertThat(layout().wilcoxon()
                        .baseline("k1", 1)
                        .compute()
                        .cells()
                        .getLast()
                        .verdict())
                .isEqualTo(Verdict.BETTER);
    }

    /** A place that has fewer tags than others cannot be named by more of them. */
    @Test
    void compute_baselineThatLacksATag_isTheOneWithTheseTagsAlone() {
        List<JobReport> reports = new ArrayList<>();
        for (int seed = 1; seed <= 3; seed++) {
            reports.add(StoredReport.done(Map.of("model", "nn", "seed", seed), Map.of("map", 0.5 + seed * 0.01)));
            reports.add(StoredReport.done(
                    Map.of("model", "nn", "aug", "flip", "seed", seed), Map.of("map", 0.7 + seed * 0.011)));
        }

        assertThat(Table.of(reports)
                        .rows("model", "aug")
                        .mean("map")
                        .best(Best.HIGHEST)
                        .over("seed")
                        .baseline("model", "nn")
                        .compute()
                        .cells())
                .extracting(Cell::verdict)
                .containsExactly(Verdict.BASELINE, Verdict.BETTER);
    }

    @Test
    void compute_wrongBaseline_namesNearOnes() {
        add(1, 0.4, 0.5, 0.6);
        add(2, 0.4, 0.5, 0.6);
        List<JobReport> named = jobs.stream()
                .<JobReport>map(job -> {
                    Map<String, Object> tags = new LinkedHashMap<>(job.tags());
                    tags.put("model", tags.get("k1").equals(1.0) ? "bm25" : "dense");
                    return job.tagged(tags);
                })
                .toList();
        TableLayout layout = Table.of(named)
                .rows("model", "b")
                .columns("k1")
                .mean("map")
                .best(Best.HIGHEST)
                .over("seed");

        assertThatThrownBy(() -> layout.baseline("modle", "bm25").compute())
                .hasMessageContainingAll(
                        "baseline modle=bm25: no row has the tag \"modle\"", "did you mean \"model\"?");
        assertThatThrownBy(() -> layout.baseline("model", "bm52").compute())
                .hasMessageContainingAll("no row has this value of \"model\"", "did you mean \"bm25\"?");
        assertThatThrownBy(() -> layout.baseline("model", "splade").compute())
                .hasMessageContaining("the values are bm25, dense");
        assertThatThrownBy(() -> layout.baseline("b", 0.4).compute())
                .hasMessageContainingAll(
                        "2 rows have it: model=bm25 b=0.4, model=dense b=0.4", "name one of them by \"model\"");
        assertThatThrownBy(() -> layout.baseline("k1", 1).compute())
                .hasMessageContainingAll("competes in its column", "makes columns", "bestPerRow(), or --best row");
        assertThatThrownBy(() -> layout.bestPerRow().baseline("model", "bm25").compute())
                .hasMessageContainingAll("makes rows", "take a value of \"k1\"");
        assertThatThrownBy(() -> layout.baseline("model", new Object()).compute())
                .hasMessageContaining("has no text of its own");
        TableLayout undirected =
                Table.of(named).rows("model").columns("b", "k1").mean("map").over("seed");
        assertThatThrownBy(() -> undirected.baseline("model", "bm25").compute())
                .hasMessageContainingAll("no metric of the table has a direction", "call best(");
        assertThatThrownBy(() -> undirected.pValues().compute()).hasMessageContaining("Cannot compare cells");
    }

    @Test
    void compute_pValuesWithoutBaseline_areThoseAgainstTheBest() {
        add(1, 0.4, 0.50, 0.51, 0.49, 0.52);
        add(2, 0.4, 0.49, 0.50, 0.485, 0.50);
        add(3, 0.4, 0.2, 0.3, 0.1, 0.15);

        assertThat(layout().pValues().compute()).hasToString("""
                k1   b=0.4
                1.0  0.505 ± 0.021 n=4 *
                2.0  0.494 ± 0.012 n=4 p=0.037
                3.0  0.188 ± 0.136 n=4 p=0.009
                map: mean over seed ± half width of the 95% confidence interval (t)
                *: the best of its column (highest); incomplete cells do not compete
                ~: not significantly worse than the best (t test, two-sided, paired by replicate, 4 pairs, Holm for 2 \
                comparisons, level 0.05)
                p: the corrected p-value of this test""");
    }

    @Test
    void compute_baselinePerUnit_pairsUnits() {
        add(1, 0.4, 0.5, 0.5);
        add(2, 0.4, 0.4, 0.4);
        for (int i = 0; i < jobs.size(); i++) {
            for (int topic = 1; topic <= 6; topic++) {
                jobs.get(i).unit("map", "t" + topic, i < 2 ? 0.5 : 0.3 + topic * 0.01);
            }
        }

        PaperTable table = layout().perUnit().baseline("k1", 1).compute();

        assertThat(table.cells().getLast().verdict()).isEqualTo(Verdict.WORSE);
        assertThat(table.toString()).contains("paired by unit, 6 units, Holm for 1 comparison, level");
    }
}
