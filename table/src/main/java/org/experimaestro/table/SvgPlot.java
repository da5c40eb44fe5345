package org.experimaestro.table;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.experimaestro.PaperTable;
import org.experimaestro.TableFormat;
import org.experimaestro.TableLayout;
import org.experimaestro.base.text.VisibleText;

/**
 * The writer of a plot as SVG 1.1: a metric against the values of one tag, with bars for the confidence intervals. Points
 * of incomplete cells are hollow. The lines stand side by side, so that no bar covers another one.
 */
final class SvgPlot {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 400;
    private static final int LEFT = 80;
    private static final int TOP = 20;
    private static final int BOTTOM = 340;
    private static final int LEGEND_WIDTH = 160;
    private static final int LINE_HEIGHT = 18;
    private static final int CAP = 4;
    private static final int NOTE_HEIGHT = 14;
    /** The most characters in a line below the plot, whose letters have a width of about 6. */
    private static final int NOTE_LETTERS = 100;

    /** The largest distance between the bars of neighboring lines, with a space of 2 between their ends. */
    private static final double BAR_DISTANCE = 2 * CAP + 2;

    /** The most that the bars of all lines at one value take, as a part of the distance to the next value. */
    private static final double MOST_DODGE = 0.6;

    /** The limit of values that are drawn: the range of larger ones may exceed that of a double. */
    private static final double LARGEST = 1e290;

    /**
     * The colors of the lines, which color-blind people can tell apart.
     *
     * <p>Source: M. Okabe and K. Ito, <i>Color Universal Design</i>, 2008.
     */
    private static final List<String> COLORS =
            List.of("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000");

    private final ComputedTable table;
    private final PlotAxis x;
    private final PlotAxis y;
    private final int right;
    private final double barDistance;
    private final List<String> notes;
    private final StringBuilder svg = new StringBuilder();

    private SvgPlot(ComputedTable table) {
        this.table = table;
        this.right = table.layout().columnTags().isEmpty() ? WIDTH - 20 : WIDTH - LEGEND_WIDTH;
        List<PaperTable.Cell> cells = points();
        boolean hasBars = cells.stream().anyMatch(cell -> cell.lower().isPresent());
        double distance = hasBars ? BAR_DISTANCE : 0;
        double room = Math.min(distance * (table.columns().size() - 1), (right - LEFT) / 2.0) / 2;
        this.x = PlotAxis.of(cells.stream().mapToDouble(this::abscissa), LEFT + room, right - room);
        this.y = PlotAxis.of(cells.stream().flatMapToDouble(SvgPlot::ordinates), BOTTOM, TOP);
        this.barDistance = Math.min(distance, mostDistance(cells));
        this.notes = Legend.ofMarks(table, MarkNames.SIGNS).stream()
                .flatMap(sentence -> wrapped(sentence).stream())
                .toList();
    }

    /** Returns the distance between the bars of neighboring lines that leaves room between two values. */
    private double mostDistance(List<PaperTable.Cell> cells) {
        double[] places = cells.stream()
                .mapToDouble(cell -> x.place(abscissa(cell)))
                .distinct()
                .sorted()
                .toArray();
        double least = right - LEFT;
        for (int i = 1; i < places.length; i++) {
            least = Math.min(least, places[i] - places[i - 1]);
        }
        return MOST_DODGE * least / table.columns().size();
    }

    private static List<String> wrapped(String sentence) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : sentence.split(" ", -1)) {
            if (!line.isEmpty() && line.length() + word.length() >= NOTE_LETTERS) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    static String write(ComputedTable table) {
        check(table);
        return new SvgPlot(table).write();
    }

    private static void check(ComputedTable table) {
        TableLayout layout = table.layout();
        if (layout.metrics().size() != 1 || layout.rowTags().size() != 1) {
            throw LayoutCheck.problem(
                    "Cannot write a plot (" + TableFormat.SVG + ") of "
                            + layout.metrics().size() + " metrics against "
                            + layout.rowTags().size() + " row tags: a plot has one metric and one row tag",
                    "make columns of the other tags, which are lines of the plot");
        }
        String tag = layout.rowTags().getFirst();
        for (Map<String, Object> row : table.rows()) {
            if (!(row.get(tag) instanceof Number)) {
                throw LayoutCheck.problem(
                        "Cannot write a plot (" + TableFormat.SVG + ") against the tag " + LayoutCheck.quoted(tag)
                                + ": a job has the value "
                                + VisibleText.of(String.valueOf(row.getOrDefault(tag, "none")))
                                + ", which is no number",
                        "make rows of a tag with numbers");
            }
        }
    }

    private List<PaperTable.Cell> points() {
        return table.cells().stream()
                .filter(cell ->
                        Math.abs(cell.value().orElse(Double.NaN)) < LARGEST && Math.abs(abscissa(cell)) < LARGEST)
                .toList();
    }

    private double abscissa(PaperTable.Cell cell) {
        return cell.row().get(table.layout().rowTags().getFirst()) instanceof Number number ? number.doubleValue() : 0;
    }

    private static DoubleStream ordinates(PaperTable.Cell cell) {
        double value = cell.value().orElseThrow();
        return DoubleStream.of(value, cell.lower().orElse(value), cell.upper().orElse(value));
    }

    private String write() {
        int height = HEIGHT + NOTE_HEIGHT * notes.size();
        svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + WIDTH + " " + height
                + "\" font-family=\"sans-serif\" font-size=\"12\">\n");
        element("title", "", Legend.of(table, MarkNames.SIGNS).getFirst());
        element("rect", "width=\"" + WIDTH + "\" height=\"" + height + "\" fill=\"white\"", "");
        axes();
        for (int i = 0; i < table.columns().size(); i++) {
            series(i);
        }
        for (int i = 0; i < notes.size(); i++) {
            small(NOTE_HEIGHT, HEIGHT + NOTE_HEIGHT * i, notes.get(i));
        }
        return svg.append("</svg>\n").toString();
    }

    private void axes() {
        for (PlotAxis.Tick tick : x.ticks()) {
            line(tick.place(), BOTTOM, tick.place(), BOTTOM + CAP, "#333333");
            text(tick.place(), BOTTOM + LINE_HEIGHT, "middle", tick.text());
        }
        for (PlotAxis.Tick tick : y.ticks()) {
            line(LEFT, tick.place(), right, tick.place(), "#dddddd");
            text(LEFT - 2 * CAP, tick.place() + CAP, "end", tick.text());
        }
        line(LEFT, BOTTOM, right, BOTTOM, "#333333");
        line(LEFT, TOP, LEFT, BOTTOM, "#333333");
        TableLayout layout = table.layout();
        text(
                (LEFT + right) / 2.0,
                HEIGHT - LINE_HEIGHT,
                "middle",
                layout.rowTags().getFirst());
        element(
                "text",
                "transform=\"translate(" + LINE_HEIGHT + " " + number((TOP + BOTTOM) / 2.0)
                        + ") rotate(-90)\" text-anchor=\"middle\"",
                layout.metrics().getFirst().name());
    }

    /** Draws the cells of a column as a line with points. */
    private void series(int index) {
        Map<String, Object> column = table.columns().get(index);
        String color = COLORS.get(index % COLORS.size());
        String dashes = index < COLORS.size() ? "" : " stroke-dasharray=\"" + 2 * (index / COLORS.size()) + "\"";
        List<PaperTable.Cell> cells = points().stream()
                .filter(cell -> cell.column().equals(column))
                .sorted(Comparator.comparingDouble(this::abscissa))
                .toList();
        double dodge = (index - (table.columns().size() - 1) / 2.0) * barDistance;
        double cap = Math.min(CAP, Math.max(1, barDistance / 2 - 1));
        List<String> places = new ArrayList<>();
        for (PaperTable.Cell cell : cells) {
            double px = x.place(abscissa(cell)) + dodge;
            double py = y.place(cell.value().orElseThrow());
            places.add(number(px) + "," + number(py));
            if (cell.lower().isPresent() && cell.upper().isPresent()) {
                double low = y.place(cell.lower().getAsDouble());
                double high = y.place(cell.upper().getAsDouble());
                line(px, low, px, high, color);
                line(px - cap, low, px + cap, low, color);
                line(px - cap, high, px + cap, high, color);
            }
        }
        element(
                "polyline",
                "points=\"" + String.join(" ", places) + "\" fill=\"none\" stroke=\"" + color + "\"" + dashes,
                "");
        for (PaperTable.Cell cell : cells) {
            String fill = cell.n() == cell.expected() ? color : "white";
            double px = x.place(abscissa(cell)) + dodge;
            double py = y.place(cell.value().orElseThrow());
            element(
                    "circle",
                    "cx=\"" + number(px) + "\" cy=\"" + number(py) + "\" r=\"3\" fill=\"" + fill + "\" stroke=\""
                            + color + "\"",
                    "");
            String marks = (MarkNames.signs(cell) + " " + TableGrid.p(cell, table.layout())).strip();
            if (!marks.isEmpty()) {
                small(px + CAP + 1, py - CAP, marks);
            }
        }
        if (!table.layout().columnTags().isEmpty()) {
            double place = TOP + (index + 0.5) * LINE_HEIGHT;
            element(
                    "path",
                    "d=\"M" + (right + 10) + " " + number(place) + "h20\" stroke=\"" + color + "\"" + dashes,
                    "");
            text(right + 36, place + CAP, "start", TableGrid.tags(column));
        }
    }

    private void line(double fromX, double fromY, double toX, double toY, String color) {
        element(
                "path",
                "d=\"M" + number(fromX) + " " + number(fromY) + "L" + number(toX) + " " + number(toY) + "\" stroke=\""
                        + color + "\"",
                "");
    }

    private void text(double px, double py, String anchor, String text) {
        element("text", "x=\"" + number(px) + "\" y=\"" + number(py) + "\" text-anchor=\"" + anchor + "\"", text);
    }

    private void small(double px, double py, String text) {
        element("text", "x=\"" + number(px) + "\" y=\"" + number(py) + "\" font-size=\"10\"", text);
    }

    private void element(String name, String attributes, String content) {
        svg.append('<').append(name).append(attributes.isEmpty() ? "" : " ").append(attributes);
        if (content.isEmpty()) {
            svg.append("/>\n");
        } else {
            svg.append('>')
                    .append(escaped(VisibleText.of(content)))
                    .append("</")
                    .append(name)
                    .append(">\n");
        }
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
