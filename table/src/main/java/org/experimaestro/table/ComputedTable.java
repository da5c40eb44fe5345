package org.experimaestro.table;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.PaperTable;
import org.experimaestro.TableFormat;
import org.experimaestro.TableLayout;

/** A computed table as values, which each format writes; {@link PaperTable} documents them. */
record ComputedTable(
        TableLayout layout,
        List<Map<String, Object>> rows,
        List<Map<String, Object>> columns,
        List<Cell> cells,
        Optional<Baseline> baseline)
        implements PaperTable {

    @Override
    public String to(TableFormat format) {
        return switch (format) {
            case TEXT -> TextFormat.write(this);
            case MARKDOWN -> MarkdownFormat.write(this);
            case CSV -> CsvFormat.write(this);
            case LATEX -> LatexFormat.write(this);
            case JSON -> JsonFormat.write(this);
            case SVG -> SvgPlot.write(this);
        };
    }

    @Override
    public String toString() {
        return to(TableFormat.TEXT).stripTrailing();
    }
}
