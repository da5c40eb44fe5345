package org.experimaestro.table;

import java.util.List;
import java.util.Optional;
import org.experimaestro.PaperTable;
import org.experimaestro.TableLayout;

/** The provider of computed tables, which the module {@code api} finds as a service. */
public final class TableService implements PaperTable.Provider {

    /** Creates the provider. */
    public TableService() {}

    @Override
    public PaperTable compute(TableLayout layout) {
        LayoutCheck.check(layout);
        CellGrouping groups = CellGrouping.of(layout);
        Optional<Baseline> baseline = Baseline.of(layout, groups);
        List<TableCell> cells = CellMarks.mark(groups.cells(), layout, baseline);
        return new ComputedTable(layout, groups.rows(), groups.columns(), List.copyOf(cells), baseline);
    }
}
