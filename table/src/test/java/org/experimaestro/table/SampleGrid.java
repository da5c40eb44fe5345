package org.experimaestro.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.experimaestro.Best;
import org.experimaestro.PaperTable;
import org.experimaestro.PaperTable.Cell;
import org.experimaestro.Table;
import org.experimaestro.TableLayout;

/** Jobs of a grid of two tags and some seeds, for tests of their table. */
abstract class SampleGrid {
    final List<StoredReport> jobs = new ArrayList<>();

    TableLayout layout() {
        return Table.of(List.copyOf(jobs))
                .rows("k1")
                .columns("b")
                .mean("map")
                .best(Best.HIGHEST)
                .over("seed");
    }

    void add(double k1, double b, double... maps) {
        for (int seed = 1; seed <= maps.length; seed++) {
            jobs.add(StoredReport.done(tags(k1, b, seed), Map.of("map", maps[seed - 1])));
        }
    }

    static Map<String, Object> tags(double k1, double b, int seed) {
        return Map.of("k1", k1, "b", b, "seed", seed);
    }

    static Cell cell(PaperTable table, double k1, double b) {
        return table.cells().stream()
                .filter(each ->
                        each.row().equals(Map.of("k1", k1)) && each.column().equals(Map.of("b", b)))
                .findFirst()
                .orElseThrow();
    }
}
