package org.experimaestro.cli.listing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.experimaestro.WorkspaceException;
import org.experimaestro.cli.option.CommandLineProblem;
import org.experimaestro.cli.output.Line;
import org.experimaestro.cli.output.Printer;
import org.experimaestro.cli.output.Screen;
import org.experimaestro.cli.output.TextTable;
import org.experimaestro.core.json.Json;
import org.experimaestro.monitor.group.ValueOrder;
import org.experimaestro.monitor.index.WorkspaceIndex;
import org.experimaestro.monitor.view.JobsView;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;

/**
 * The output of a listing: sorted and limited rows as a table or as JSON, once or again and again.
 *
 * @param <R> the type of the rows
 */
public final class ListingOutput<R> {
    /** The most columns of the screen that a cell takes in a terminal, so that the cells behind it are seen. */
    private static final int LONGEST_CELL = 60;

    private static final long REFRESH_MILLIS = 1_000;

    private final ListingOptions options;
    private final CommandLine line;
    private final ListedRows<R> listed;

    /**
     * Creates the output.
     *
     * @param options the user's options
     * @param line the command, to whose outputs the listing is printed
     * @param listed the rows and columns
     * @throws ParameterException if the options do not fit together
     */
    public ListingOutput(ListingOptions options, CommandLine line, ListedRows<R> listed) {
        this.options = options;
        this.line = line;
        this.listed = listed;
        Integer limit = options.limit();
        if (limit != null && limit < 1) {
            throw new ParameterException(line, "--limit is a number of rows, from 1, and not " + limit);
        }
        requireNames("--columns", options.columns());
        requireNames(
                "--sort",
                options.sort().stream().map(ListingOutput::withoutDirection).toList());
        if (options.isWatch() && options.isJson()) {
            throw new ParameterException(line, "--watch shows a table; leave out --json or --watch");
        }
    }

    private void requireNames(String option, List<String> names) {
        if (names.stream().anyMatch(String::isBlank)) {
            throw new ParameterException(
                    line,
                    option + " needs the name of a column" + (names.size() > 1 ? " between each two commas" : "")
                            + ", such as " + option + "=state");
        }
    }

    private static String withoutDirection(String name) {
        return name.strip().startsWith("-") ? name.strip().substring(1) : name;
    }

    /**
     * Prints the listing, until the user ends it if it is watched.
     *
     * @param index the index of the workspace
     * @return the exit code
     * @throws InterruptedException if the thread is interrupted while it watches
     */
    public int show(WorkspaceIndex index) throws InterruptedException {
        if (options.link().isOnly()) {
            return options.link().print(listed.workspace(), listed.page(index.view(), options));
        }
        if (options.isWatch()) {
            watch(index);
        } else {
            print(listed.listed(index.view()), Instant.now());
        }
        return ExitCode.OK;
    }

    private void print(JobsView view, Instant now) {
        Printer out = Printer.out(line);
        Printer err = Printer.err(line);
        List<R> all = listed.rows(view, now);
        ListingColumns<R> columns = listed.columns(view, now);
        List<R> rows = chosen(all, columns);
        if (options.isJson()) {
            List<ListingColumn<R>> fields =
                    options.columns().isEmpty() ? columns.all() : named(options.columns(), columns);
            out.lines(rows, row -> Line.of(Json.writeLine(members(row, fields))));
        } else if (rows.isEmpty()) {
            shownColumns(columns);
            listed.nothing(view).forEach(err::line);
        } else {
            OptionalInt width = Printer.isTerminal() ? Screen.findWidth() : OptionalInt.empty();
            out.lines(
                    table(rows, shownColumns(columns), width.isPresent()),
                    text -> width.isPresent() ? text.cut(width.getAsInt()) : text);
            if (rows.size() < all.size()) {
                err.line(rows.size() + " of " + all.size() + " rows are shown");
            }
        }
        view.problems().forEach(err::warning);
        if (!options.isJson() && Printer.isTerminal()) {
            options.link().show(listed.workspace(), listed.page(view, options));
        }
    }

    private void watch(WorkspaceIndex index) throws InterruptedException {
        if (!Printer.isTerminal()) {
            throw new ParameterException(
                    line, "Cannot watch: the standard output is not a terminal; leave out --watch");
        }
        try (Screen screen = Screen.open(line.getColorScheme().ansi())
                .orElseThrow(() -> new ParameterException(
                        line, "Cannot watch: the terminal cannot be controlled; leave out --watch"))) {
            // The first rows come before the screen is cleared, so that an error of the command line is seen.
            screen.show(first(listed.listed(index.view()), Instant.now(), screen.height()));
            watch(index, screen::height, screen::show, () -> Thread.sleep(REFRESH_MILLIS));
        }
    }

    /** A wait for the next look at the workspace. */
    interface Pause {
        /**
         * Waits.
         *
         * @throws InterruptedException if the watch ends
         */
        void await() throws InterruptedException;
    }

    /** Shows the listing again after each pause, until a pause is interrupted. */
    void watch(WorkspaceIndex index, IntSupplier height, Consumer<List<Line>> screen, Pause pause)
            throws InterruptedException {
        while (true) {
            pause.await();
            index.refresh();
            screen.accept(again(listed.listed(index.view()), Instant.now(), height.getAsInt()));
        }
    }

    /**
     * Returns the first lines.
     *
     * @throws WorkspaceException if a filter has an unknown name, unless there is no job yet that could have it
     * @throws ParameterException if there is no such column, unless there is no job yet
     */
    List<Line> first(JobsView view, Instant now, int height) {
        return view.jobs().isEmpty() ? again(view, now, height) : lines(view, now, height);
    }

    /** Returns the lines at a later time: an error may pass, for example that of a tag that no job has yet. */
    private List<Line> again(JobsView view, Instant now, int height) {
        try {
            return lines(view, now, height);
        } catch (WorkspaceException | ParameterException problem) {
            return String.valueOf(problem.getMessage()).lines().map(Line::of).toList();
        }
    }

    /**
     * Returns the lines of a watched listing: the totals, then as many rows as the screen has room for. Only their cells
     * are made, because files may have to be read for them.
     */
    private List<Line> lines(JobsView view, Instant now, int height) {
        ListingColumns<R> columns = listed.columns(view, now);
        List<R> all = listed.rows(view, now);
        List<R> rows = chosen(all, columns);
        List<Line> lines = new ArrayList<>();
        if (rows.isEmpty()) {
            shownColumns(columns);
            listed.nothing(view).stream().map(Line::of).forEach(lines::add);
        } else {
            lines.add(Line.of(listed.totals(all)));
            int room = Math.max(1, height - lines.size() - 1 - view.problems().size());
            int shown = rows.size() <= room ? rows.size() : Math.max(1, room - 1);
            lines.addAll(table(rows.subList(0, shown), shownColumns(columns), true));
            if (shown < rows.size()) {
                lines.add(Line.of((rows.size() - shown) + " more rows"));
            }
        }
        view.problems().stream().map(problem -> Line.of("Warning: " + problem)).forEach(lines::add);
        return lines;
    }

    private List<ListingColumn<R>> shownColumns(ListingColumns<R> columns) {
        return options.columns().isEmpty() ? columns.usual() : named(options.columns(), columns);
    }

    private List<Line> table(List<R> rows, List<ListingColumn<R>> columns, boolean isOnScreen) {
        TextTable table =
                new TextTable(columns.stream().map(ListingColumn::heading).toArray(String[]::new));
        rows.parallelStream()
                .map(row -> cells(row, columns, isOnScreen))
                .toList()
                .forEach(table::add);
        return table.lines();
    }

    private static <R> Line[] cells(R row, List<ListingColumn<R>> columns, boolean isOnScreen) {
        Line[] cells = new Line[columns.size()];
        for (int i = 0; i < cells.length; i++) {
            Line cell = columns.get(i).text().apply(row);
            cells[i] = isOnScreen ? cell.cut(LONGEST_CELL) : cell;
        }
        return cells;
    }

    /**
     * Returns the values of a row for JSON.
     *
     * @param row the row
     * @param columns the columns
     * @return a value for each column, in the same order
     */
    public static <R> Map<String, @Nullable Object> members(R row, List<ListingColumn<R>> columns) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        columns.forEach(
                column -> json.put(column.name(), CellValue.json(column.value().apply(row))));
        return json;
    }

    private List<R> chosen(List<R> all, ListingColumns<R> columns) {
        List<R> rows = options.isWatch() && options.sort().isEmpty()
                ? all.stream()
                        .sorted(Comparator.comparing(listed::state, StateOrder.COMPARATOR))
                        .toList()
                : all;
        List<String> names =
                options.sort().stream().map(ListingOutput::withoutDirection).toList();
        List<ListingColumn<R>> sorting = named(names, columns);
        for (int i = sorting.size() - 1; i >= 0; i--) {
            boolean isDescending = options.sort().get(i).strip().startsWith("-");
            rows = sorted(rows, sorting.get(i), isDescending);
        }
        Integer limit = options.limit();
        return limit == null || limit >= rows.size() ? rows : rows.subList(0, limit);
    }

    /** A row with its value for sorting, which may come from a file. */
    private record Sorted<R>(R row, @Nullable Object value) {}

    private static <R> List<R> sorted(List<R> rows, ListingColumn<R> column, boolean isDescending) {
        return rows.stream()
                .map(row -> new Sorted<>(row, column.value().apply(row)))
                .sorted(Comparator.comparing(Sorted::value, ValueOrder.of(isDescending)))
                .map(Sorted::row)
                .toList();
    }

    private List<ListingColumn<R>> named(List<String> names, ListingColumns<R> columns) {
        List<ListingColumn<R>> found = new ArrayList<>();
        Set<String> problems = new LinkedHashSet<>();
        for (String name : names) {
            try {
                found.add(named(name.strip(), columns));
            } catch (ParameterException unknown) {
                problems.add(String.valueOf(unknown.getMessage()));
            }
        }
        if (!problems.isEmpty()) {
            throw new ParameterException(line, String.join("\n", problems));
        }
        return found;
    }

    private ListingColumn<R> named(String name, ListingColumns<R> columns) {
        Set<String> known = new LinkedHashSet<>();
        for (ListingColumn<R> column : all(columns)) {
            if (column.name().equalsIgnoreCase(name)) {
                return column;
            }
            known.add(column.name());
        }
        return columns.find(name).orElseThrow(() -> {
            Set<String> near = new LinkedHashSet<>(known);
            near.addAll(columns.otherNames());
            return new ParameterException(
                    line, "there is no column \"" + name + "\"; " + CommandLineProblem.advice(name, near, "columns"));
        });
    }

    private static <R> List<ListingColumn<R>> all(ListingColumns<R> columns) {
        List<ListingColumn<R>> all = new ArrayList<>(columns.usual());
        all.addAll(columns.all());
        return all;
    }
}
