package org.experimaestro.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.experimaestro.Best;
import org.experimaestro.JobReport;
import org.experimaestro.PaperTable;
import org.experimaestro.PaperTable.Cell;
import org.experimaestro.PaperTable.Mark;
import org.experimaestro.PlanException;
import org.experimaestro.Table;
import org.experimaestro.TableFormat;
import org.experimaestro.TableLayout;
import org.junit.jupiter.api.Test;

class PaperTableTest extends SampleGrid {
    @Test
    void compute_grid_hasMeansOverSeeds() {
        add(0.9, 0.4, 0.312, 0.298, 0.305, 0.321, 0.300);
        add(1.2, 0.4, 0.301, 0.280, 0.296, 0.300, 0.295);

        PaperTable table = layout().compute();

        assertThat(table.rows()).containsExactly(Map.of("k1", 0.9), Map.of("k1", 1.2));
        assertThat(table.columns()).containsExactly(Map.of("b", 0.4));
        Cell best = cell(table, 0.9, 0.4);
        assertThat(best.value().orElseThrow()).isCloseTo(0.3072, within(1e-12));
        assertThat(best.n()).isEqualTo(5);
        assertThat(best.mark()).isEqualTo(Mark.BEST);
        Cell worse = cell(table, 1.2, 0.4);
        assertThat(worse.mark()).isEqualTo(Mark.NONE);
        assertThat(worse.pairs()).isEqualTo(5);
        assertThat(table).hasToString("""
                k1   b=0.4
                0.9  0.307 ± 0.012 n=5 *
                1.2  0.294 ± 0.010 n=5
                map: mean over seed ± half width of the 95% confidence interval (t)
                *: the best of its column (highest); incomplete cells do not compete
                ~: not significantly worse than the best (t test, two-sided, paired by replicate, Holm, level 0.05)""");
        assertThat(layout().wilcoxon().compute().cells().getLast().mark())
                .as("five pairs are too few for this test")
                .isEqualTo(Mark.NOT_WORSE);
    }

    @Test
    void compute_manyCells_looksAtEachJobSoManyTimes() {
        int few = looks(50);
        assertThat(looks(400)).as("8 times as many cells").isLessThanOrEqualTo(8 * few);
    }

    /** Returns how many times the jobs of a table of one row a job are asked for their tags. */
    private static int looks(int rows) {
        AtomicInteger looks = new AtomicInteger();
        List<JobReport> counted = IntStream.range(0, rows)
                .<JobReport>mapToObj(row -> {
                    JobReport job = StoredReport.done(tags(row, 1, 1), Map.of("map", 0.5));
                    return (JobReport) Proxy.newProxyInstance(
                            JobReport.class.getClassLoader(), new Class<?>[] {JobReport.class}, (_, method, values) -> {
                                looks.addAndGet(method.getName().equals("tags") ? 1 : 0);
                                return method.invoke(job, values);
                            });
                })
                .toList();
        Table.of(counted).rows("k1").columns("b").mean("map").over("seed").compute();
        return looks.get();
    }

    @Test
    void compute_tagReplicate_isAveragedOverUnlessItHasAPlace() {
        for (int replicate = 0; replicate < 3; replicate++) {
            for (int seed = 0; seed < 2; seed++) {
                jobs.add(StoredReport.done(
                        Map.of("k1", 0.9, "replicate", replicate, "seed", seed),
                        Map.of("map", 0.1 * replicate + seed)));
            }
        }
        TableLayout bySeed = Table.of(List.copyOf(jobs)).rows("seed").mean("map");

        assertThat(bySeed.replicateTags()).containsExactly("replicate");
        assertThat(bySeed.toString()).contains("map: mean over replicate ± ", "n=3");
        TableLayout overSeed =
                Table.of(List.copyOf(jobs)).rows("k1").mean("map").over("seed");
        assertThat(overSeed.replicateTags()).containsExactly("seed", "replicate");
        assertThat(overSeed.compute().cells().getFirst().n()).isEqualTo(6);
        assertThat(Table.of(List.copyOf(jobs))
                        .rows("replicate")
                        .mean("map")
                        .over("seed")
                        .replicateTags())
                .containsExactly("seed");
        assertThat(overSeed.over("replicate").replicateTags()).containsExactly("seed", "replicate");
        assertThat(Table.of(List.copyOf(jobs.subList(0, 2)))
                        .rows("seed")
                        .mean("map")
                        .replicateTags())
                .as("one replicate needs no mean")
                .isEmpty();
    }

    @Test
    void compute_equalNumbersOfOtherForms_areOneRowColumnAndReplicate() {
        List<Object> forms = List.of(7, 7.0, 7L);
        List<Object> seeds = List.of(1, 2.0, 3);
        for (int i = 0; i < 3; i++) {
            jobs.add(StoredReport.done(
                    Map.of("k1", forms.get(i), "b", forms.get(2 - i), "seed", seeds.get(i), "fixed", forms.get(i)),
                    Map.of("map", 0.1 * i)));
        }
        add(1, 7, 0.1, 0.2, 0.4);
        jobs.subList(3, 6)
                .replaceAll(job -> StoredReport.done(
                        Map.of("k1", 1, "b", 7, "seed", job.tags().get("seed"), "fixed", 7), job.metrics()));

        PaperTable table = layout().compute();

        assertThat(table.rows()).containsExactly(Map.of("k1", 7), Map.of("k1", 1));
        assertThat(table.columns()).containsExactly(Map.of("b", 7L));
        assertThat(table.cells()).allSatisfy(cell -> assertThat(cell.n()).isEqualTo(3));
        assertThat(table.cells().getFirst().pairs() + table.cells().getLast().pairs())
                .isEqualTo(3);
        jobs.add(StoredReport.done(Map.of("k1", "7", "b", 7, "seed", 1, "fixed", 7), Map.of("map", 0.1)));
        assertThat(layout().compute().rows()).as("a text is no number").hasSize(3);
    }

    @Test
    void compute_jobsThatAreNotDone_areMarkedAndDoNotCompete() {
        add(0.9, 0.4, 0.1, 0.2, 0.3);
        add(1.2, 0.4, 0.8, 0.9);
        jobs.add(StoredReport.of(tags(1.2, 0.4, 3), "failed"));
        add(2.0, 0.4, 0.2, 0.1, 0.2);
        jobs.add(StoredReport.of(tags(0.9, 0.75, 1), "running"));

        PaperTable table = layout().compute();

        Cell incomplete = cell(table, 1.2, 0.4);
        assertThat(incomplete.n()).isEqualTo(2);
        assertThat(incomplete.expected()).isEqualTo(3);
        assertThat(incomplete.states()).isEqualTo(Map.of("failed", 1));
        assertThat(incomplete.mark()).isEqualTo(Mark.NONE);
        assertThat(cell(table, 0.9, 0.4).mark()).isEqualTo(Mark.BEST);
        assertThat(cell(table, 0.9, 0.75).value()).isEmpty();
        assertThat(cell(table, 1.2, 0.75).jobs()).isEmpty();
        assertThat(table.toString().lines().limit(4))
                .containsExactly(
                        "k1   b=0.4                           b=0.75",
                        "0.9  0.20 ± 0.25 n=3 *               1 running",
                        "1.2  0.85 ± 0.64 n=2 of 3, 1 failed  -",
                        "2.0  0.17 ± 0.14 n=3 ~               -");
    }

    @Test
    void compute_tagThatIsNoReplicate_isNamedWithItsValues() {
        add(0.9, 0.4, 0.1, 0.2);
        jobs.add(StoredReport.done(Map.of("k1", 0.9, "b", 0.4, "seed", 3, "lr", 0.1), Map.of("map", 0.3)));
        jobs.add(StoredReport.done(Map.of("k1", 0.9, "b", 0.4, "seed", 4, "lr", 0.2), Map.of("map", 0.3)));

        assertThatThrownBy(() -> layout().compute())
                .isInstanceOf(PlanException.class)
                .hasMessageContainingAll(
                        "Cannot compute the cell k1=0.9 b=0.4",
                        "lr is none, 0.1, 0.2",
                        "make rows or columns of lr, or average over it");
        assertThat(layout().over("seed", "lr").columns("x"))
                .satisfies(unknown ->
                        assertThatThrownBy(unknown::compute).hasMessageContaining("by the tag \"x\": no job has it"));
    }

    @Test
    void compute_withoutReplicates_namesTheTagThatDiffers() {
        add(0.9, 0.4, 0.1, 0.2);

        TableLayout layout = Table.of(List.copyOf(jobs)).rows("k1").columns("b").mean("map");

        assertThatThrownBy(layout::compute).hasMessageContaining("seed is 1, 2");
    }

    @Test
    void compute_replicateWithoutTheTag_isNoReplicate() {
        add(0.9, 0.4, 0.1, 0.2);
        jobs.add(StoredReport.done(Map.of("k1", 0.9, "b", 0.4), Map.of("map", 0.3)));

        assertThatThrownBy(() -> layout().compute())
                .hasMessageContainingAll("seed is 1, 2, none", "give each of these jobs the tag seed");
    }

    @Test
    void compute_jobsWithTheSameTags_areNoReplicates() {
        add(0.9, 0.4, 0.1);
        add(0.9, 0.4, 0.2);

        assertThatThrownBy(() -> layout().compute())
                .hasMessageContainingAll("have the same tags", "experimaestro explain", "--other");
    }

    @Test
    void compute_jobThatOccursTwice_countsOnce() {
        add(0.9, 0.4, 0.1, 0.2);
        jobs.add(jobs.getFirst());

        assertThat(layout().compute().cells().getFirst().n()).isEqualTo(2);
    }

    @Test
    void compute_jobsOfOtherTypes_haveNoCells() {
        add(0.9, 0.4, 0.1, 0.2);
        jobs.add(StoredReport.done(tags(0.9, 0.4, 1), Map.of("loss", 1.0)).ofType("test.learn"));
        jobs.add(StoredReport.of(tags(7, 0.4, 1), "failed").ofType("test.learn"));

        assertThat(layout().compute().rows()).containsExactly(Map.of("k1", 0.9));
        assertThat(layout().mean("loss").compute().cells().get(1).value()).hasValue(1);

        jobs.add(StoredReport.done(tags(0.9, 0.4, 3), Map.of("map", 1.0)).ofType("test.learn"));
        assertThatThrownBy(() -> layout().compute()).hasMessageContaining("several types: test.learn, test.rank");
    }

    @Test
    void compute_unknownMetric_suggestsNearNames() {
        add(0.9, 0.4, 0.1);
        TableLayout layout = Table.of(List.copyOf(jobs)).rows("k1").over("seed");

        assertThatThrownBy(() -> layout.mean("mpa").compute()).hasMessageContaining("did you mean \"map\"?");
        assertThatThrownBy(layout::compute).hasMessageContaining("without a metric");
        assertThatThrownBy(() -> layout.columns("seed").mean("map").compute()).hasMessageContaining("two purposes");
        List<JobReport> failed = List.of(
                StoredReport.of(tags(1, 1, 1), "failed"),
                StoredReport.of(tags(1, 1, 1), "skipped").ofType("test.learn"));
        assertThatThrownBy(() -> Table.of(failed).rows("k1").mean("map").compute())
                .hasMessageContaining("the jobs are 1 failed, 1 skipped");
        jobs.add(StoredReport.done(tags(0.9, 0.4, 2), Map.of("x", 1.0)).unit("ap", "301", 0.5));
        assertThatThrownBy(
                        () -> Table.of(List.copyOf(jobs)).rows("k1").mean("ap").compute())
                .hasMessageContaining("context.metric(\"ap\", value)");
    }

    @Test
    void compute_noJobIsDone_hasTheStates() {
        jobs.add(StoredReport.of(tags(0.9, 0.4, 1), "failed"));
        jobs.add(StoredReport.of(tags(0.9, 0.4, 2), "running"));

        PaperTable table = layout().perUnit().compute();

        assertThat(table).hasToString("k1   b=0.4\n0.9  1 failed, 1 running\nmap: mean over seed");
        for (TableFormat format : TableFormat.values()) {
            assertThat(table.to(format)).isNotEmpty();
        }
    }

    @Test
    void compute_oneReplicate_hasNoInterval() {
        add(0.9, 0.4, 0.5);
        add(1.2, 0.4, 0.25);

        Cell cell = layout().compute().cells().getFirst();

        assertThat(cell.halfWidth()).isEmpty();
        assertThat(cell.mark()).isEqualTo(Mark.BEST);
        Cell other = layout().compute().cells().getLast();
        assertThat(other.mark()).as("it cannot be tested").isEqualTo(Mark.NONE);
        assertThat(other.p()).isEmpty();
        assertThat(layout().compute().toString()).contains("0.9  0.5000 n=1 *");
    }

    @Test
    void compute_equalValues_areAllTheBest() {
        add(0.9, 0.4, 0.5, 0.5);
        add(1.2, 0.4, 0.5, 0.5);
        add(2.0, 0.4, 0.25, 0.24);

        PaperTable table = layout().compute();

        assertThat(table.cells()).extracting(Cell::mark).containsExactly(Mark.BEST, Mark.BEST, Mark.NONE);
        assertThat(table.cells().getLast().p().orElseThrow()).isLessThan(0.05);
        assertThat(table.cells().getFirst().halfWidth()).hasValue(0);
    }

    @Test
    void compute_strangeValues_doNotCompete() {
        add(0.9, 0.4, 0.5, Double.NaN);
        add(1.2, 0.4, 0.5, 0.25);
        add(2.0, 0.4, 0.5, Double.POSITIVE_INFINITY);

        PaperTable table = layout().compute();

        assertThat(table.cells()).extracting(Cell::mark).containsExactly(Mark.NONE, Mark.NONE, Mark.BEST);
        assertThat(table.toString()).contains("0.9  NaN n=2\n", "2.0  Infinity n=2 *");
    }

    @Test
    void compute_differentSeeds_pairsThoseInBothCells() {
        add(0.9, 0.4, 0.5, 0.6, 0.9);
        for (int seed = 2; seed <= 4; seed++) {
            jobs.add(StoredReport.done(tags(1.2, 0.4, seed), Map.of("map", seed / 100.0)));
        }

        assertThat(layout().compute().cells().getLast().pairs()).isEqualTo(2);
    }

    @Test
    void compute_perUnit_pairsTheUnitsOfAllReplicates() {
        add(0.9, 0.4, 0.5, 0.5);
        add(1.2, 0.4, 0.4, 0.4);
        for (int i = 0; i < jobs.size(); i++) {
            for (int topic = 1; topic <= 6; topic++) {
                jobs.get(i).unit("map", "t" + topic, i < 2 ? 0.5 : 0.3 + topic * 0.01);
            }
        }
        jobs.getLast().units().get("map").remove("t6");

        Cell worse = layout().perUnit().compute().cells().getLast();

        assertThat(worse.pairs()).isEqualTo(5);
        assertThat(worse.mark()).isEqualTo(Mark.NONE);
        assertThat(layout().perUnit().compute().toString()).contains("paired by unit");
    }

    @Test
    void compute_perUnit_readsTheUnitsOfEachJobOnce() {
        AtomicInteger reads = new AtomicInteger();
        for (int k1 = 1; k1 <= 5; k1++) {
            StoredReport job = StoredReport.done(tags(k1, 0.4, 1), Map.of("map", k1 / 10.0));
            Map<String, Map<String, Double>> units = new LinkedHashMap<>() {
                private static final long serialVersionUID = 1;

                @Override
                public Map<String, Double> getOrDefault(Object metric, Map<String, Double> none) {
                    reads.incrementAndGet();
                    return super.getOrDefault(metric, none);
                }
            };
            units.put("map", Map.of("a", k1 / 10.0, "b", k1 / 10.0 + 0.01));
            jobs.add(new StoredReport(job.type(), job.id(), job.tags(), job.state(), job.metrics(), units));
        }

        assertThat(layout().perUnit().compute().cells()).hasSize(5);

        // That there are units at all is found out with the first job.
        assertThat(reads).hasValue(5 + 1);
    }

    @Test
    void compute_perUnitWithoutUnits_isAnError() {
        add(0.9, 0.4, 0.5, 0.5);
        add(1.2, 0.4, 0.4, 0.4);

        assertThatThrownBy(() -> layout().perUnit().compute())
                .hasMessageContainingAll("by unit", "context.metric(\"map\", unit, value)");
    }

    @Test
    void compute_lowestInItsRow_isTheBest() {
        add(0.9, 0.4, 0.5, 0.51);
        add(0.9, 0.75, 0.3, 0.31);
        add(1.2, 0.4, 0.1, 0.11);
        add(1.2, 0.75, 0.2, 0.22);

        PaperTable table = Table.of(List.copyOf(jobs))
                .rows("k1")
                .columns("b")
                .median("map")
                .best(Best.LOWEST)
                .bestPerRow()
                .over("seed")
                .compute();

        assertThat(table.cells())
                .extracting(Cell::mark)
                .containsExactly(Mark.NOT_WORSE, Mark.BEST, Mark.BEST, Mark.NOT_WORSE);
        assertThat(table.cells()).allMatch(cell -> cell.halfWidth().isEmpty());
        assertThat(table.layout().bootstrap(1).compute().cells())
                .allMatch(cell -> cell.halfWidth().isPresent());
    }

    @Test
    void compute_bestOfTheTable_isOneCell() {
        add(0.9, 0.4, 0.5, 0.51);
        add(0.9, 0.75, 0.3, 0.31);
        add(1.2, 0.4, 0.1, 0.11);
        add(1.2, 0.75, 0.2, 0.22);

        PaperTable table = layout().bestOfTable().compute();

        assertThat(table.cells()).extracting(Cell::mark).containsOnlyOnce(Mark.BEST);
        assertThat(cell(table, 0.9, 0.4).mark()).isEqualTo(Mark.BEST);
        assertThat(table.to(TableFormat.TEXT)).contains("the best of the table");
        assertThat(table.layout().bestPerRow().compute().cells())
                .filteredOn(cell -> cell.mark() == Mark.BEST)
                .hasSize(2);
    }

    @Test
    void compute_holm_correctsForTheNumberOfComparisons() {
        add(1, 0.4, 0.50, 0.51, 0.49, 0.52);
        add(2, 0.4, 0.49, 0.50, 0.485, 0.50);
        PaperTable two = layout().compute();
        add(3, 0.4, 0.2, 0.3, 0.4, 0.45);
        PaperTable three = layout().compute();

        double alone = cell(two, 2, 0.4).p().orElseThrow();
        assertThat(cell(three, 2, 0.4).p()).hasValue(2 * alone);
    }

    @Test
    void layout_wrongLevel_isRefused() {
        add(1, 0.4, 0.50);
        assertThatThrownBy(() -> layout().confidence(95)).hasMessageContaining("write 0.95 for 95%");
        assertThatThrownBy(() -> layout().confidence(Double.NaN)).isInstanceOf(PlanException.class);
        assertThatThrownBy(() -> Table.of(List.copyOf(jobs)).rows("k1").best(Best.LOWEST))
                .hasMessageContaining("call mean");
    }
}
