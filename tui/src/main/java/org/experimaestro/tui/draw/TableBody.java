package org.experimaestro.tui.draw;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.experimaestro.tui.model.Model;
import org.experimaestro.tui.model.TablePlace;
import org.experimaestro.tui.model.Viewport;
import org.experimaestro.tui.screen.TextStyle;
import org.experimaestro.tui.text.CellWidth;
import org.experimaestro.tui.text.ForeignText;
import org.experimaestro.tui.wire.WireTable;

/** The drawing of the table: its cells as they would be printed. */
final class TableBody implements ScreenBody {
    private static final int GAP = 2;
    private static final int HEADS = 2;

    private final TablePlace place;

    TableBody(TablePlace place) {
        this.place = place;
    }

    @Override
    public String title() {
        return place.run().orElse("All jobs");
    }

    @Override
    public void drawHead(Pencil pencil, Model model, int row) {
        pencil.text(
                1,
                row,
                model.answers()
                        .find(place.question())
                        .map(table -> "Table of " + String.join(", ", table.metrics()) + " by "
                                + String.join(", ", table.rows())
                                + (table.cols().isEmpty() ? "" : " × " + String.join(", ", table.cols()))
                                + (table.over().isEmpty() ? "" : ", over " + String.join(", ", table.over())))
                        .or(() -> model.answers().findProblem(place.question()).map(problem -> problem.text()))
                        .orElse("Computing the table"),
                TextStyle.BOLD);
    }

    @Override
    public void draw(Pencil pencil, Model model, int from, int to) {
        Optional<WireTable> found = model.answers().find(place.question());
        if (found.isEmpty()) {
            return;
        }
        WireTable table = found.get();
        if (table.problem().isPresent() || table.lines().isEmpty()) {
            pencil.text(1, from, table.problem().orElse("No job has told a metric yet."), TextStyle.PLAIN);
            return;
        }
        int labels = table.lines().stream()
                .mapToInt(line -> CellWidth.of(ForeignText.of(String.join(" ", line.label()))))
                .max()
                .orElse(0);
        List<Integer> widths = widths(table);
        int first = firstColumn(pencil.width() - labels - GAP - 1, widths);
        heads(pencil, from, table, labels, widths, first);
        int height = Math.max(1, to - from - HEADS - table.legend().size());
        int top = Viewport.top(place.line(), height, table.lines().size());
        int row = from + HEADS;
        for (int i = top; i < Math.min(table.lines().size(), top + height); i++, row++) {
            line(pencil, row, table.lines().get(i), labels, widths, first, i == place.line());
            pencil.canvas().reach(row, i - place.line());
        }
        for (String remark : table.legend()) {
            pencil.text(1, row, remark, TextStyle.FAINT);
            row++;
        }
    }

    private static List<Integer> widths(WireTable table) {
        List<Integer> widths = new ArrayList<>();
        for (int i = 0; i < table.columns().size(); i++) {
            int most = CellWidth.of(ForeignText.of(head(table, i)));
            for (WireTable.Line line : table.lines()) {
                most = Math.max(
                        most, CellWidth.of(ForeignText.of(text(line.cells().get(i)))));
            }
            widths.add(most + GAP);
        }
        return widths;
    }

    private static String head(WireTable table, int column) {
        WireTable.Column head = table.columns().get(column);
        String label = String.join(" ", head.label());
        return label.isEmpty() ? head.metric() : table.metrics().size() > 1 ? label + " " + head.metric() : label;
    }

    private static String text(WireTable.Cell cell) {
        return cell.text() + (cell.isBest() ? " *" : cell.isNear() ? " ~" : "");
    }

    /** Returns the first column with which that of the cursor fits. */
    private int firstColumn(int room, List<Integer> widths) {
        int first = Math.min(place.column(), widths.size() - 1);
        int used = widths.isEmpty() ? 0 : widths.get(Math.max(0, first));
        while (first > 0 && used + widths.get(first - 1) <= room) {
            first--;
            used += widths.get(first);
        }
        return Math.max(0, first);
    }

    private static void heads(Pencil pencil, int row, WireTable table, int labels, List<Integer> widths, int first) {
        pencil.text(1, row, labels, String.join(" ", table.rows()), TextStyle.BOLD);
        int at = labels + 1;
        for (int i = first; i < widths.size() && at + widths.get(i) < pencil.width(); i++) {
            at += widths.get(i);
            pencil.right(at, row, head(table, i), TextStyle.BOLD);
        }
        pencil.rule(row + 1);
    }

    private void line(
            Pencil pencil,
            int row,
            WireTable.Line line,
            int labels,
            List<Integer> widths,
            int first,
            boolean isCursor) {
        pencil.text(1, row, labels, String.join(" ", line.label()), TextStyle.PLAIN);
        int at = labels + 1;
        for (int i = first; i < widths.size() && at + widths.get(i) < pencil.width(); i++) {
            at += widths.get(i);
            WireTable.Cell cell = line.cells().get(i);
            TextStyle style = cell.isBest() ? TextStyle.BOLD : TextStyle.PLAIN;
            boolean isHere = isCursor && i == place.column();
            pencil.right(at, row, text(cell), isHere ? style.asReverse() : style);
        }
        if (isCursor) {
            pencil.canvas().put(0, row, "▌", TextStyle.ACCENT);
        }
    }

    @Override
    public List<String> keys() {
        return List.of("j k h l move", "Enter jobs of the cell", "y copy the command", "s plain", "u back");
    }
}
