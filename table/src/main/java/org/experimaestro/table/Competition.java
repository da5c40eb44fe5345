package org.experimaestro.table;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.experimaestro.PaperTable;
import org.experimaestro.TableLayout;

/**
 * The competition of a layout's cells: in their column, in their row, or in the whole table.
 *
 * @param layout the layout
 */
record Competition(TableLayout layout) {

    /** Returns a value that the cells which compete with each other have in common. */
    List<Object> group(PaperTable.Cell cell) {
        return layout.isBestOfTable()
                ? List.of(cell.metric())
                : List.of(cell.metric(), layout.isBestPerRow() ? cell.row() : cell.column());
    }

    /** Returns the tags that tell a cell from those with which it competes. */
    Map<String, Object> place(Map<String, Object> row, Map<String, Object> column) {
        if (!layout.isBestOfTable()) {
            return layout.isBestPerRow() ? column : row;
        }
        Map<String, Object> both = new LinkedHashMap<>(row);
        both.putAll(column);
        return Collections.unmodifiableMap(both);
    }

    /** Returns the names of the tags that {@link #place} may have. */
    List<String> placeTags() {
        if (!layout.isBestOfTable()) {
            return layout.isBestPerRow() ? layout.columnTags() : layout.rowTags();
        }
        List<String> both = new ArrayList<>(layout.rowTags());
        both.addAll(layout.columnTags());
        return both;
    }

    /** Returns the word for a place: row, column or cell. */
    String placeWord() {
        return layout.isBestOfTable() ? "cell" : layout.isBestPerRow() ? "column" : "row";
    }

    /** Returns the word for the cells that compete with each other: column, row or table. */
    String groupWord() {
        return layout.isBestOfTable() ? "table" : layout.isBestPerRow() ? "row" : "column";
    }

    /** Returns where a cell competes, in words. */
    String words() {
        return (layout.isBestOfTable() ? "the " : "its ") + groupWord();
    }
}
