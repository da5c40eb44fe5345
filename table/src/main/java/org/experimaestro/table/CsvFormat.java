package org.experimaestro.table;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.experimaestro.JobReport;
import org.experimaestro.PaperTable;
import org.experimaestro.TableLayout;
import org.experimaestro.base.text.CsvLine;
import org.experimaestro.base.text.DecimalText;
import org.experimaestro.base.text.TagValue;

/** The writer of tables as comma-separated values: a line for each cell, with its numbers in full. */
final class CsvFormat {
    private static final List<String> VALUES = List.of(
            "metric",
            "statistic",
            "value",
            "lower",
            "upper",
            "half_width",
            "n",
            "expected",
            "states",
            "mark",
            "verdict",
            "p",
            "pairs");
    private static final List<String> JOBS = List.of("jobs", "folders");

    private CsvFormat() {}

    static String write(ComputedTable table) {
        TableLayout layout = table.layout();
        List<String> tags = Stream.concat(layout.rowTags().stream(), layout.columnTags().stream())
                .toList();
        List<String> header = new ArrayList<>();
        tags.forEach(tag -> header.add(VALUES.contains(tag) || JOBS.contains(tag) ? "tag:" + tag : tag));
        header.addAll(VALUES);
        if (layout.hasJobs()) {
            header.addAll(JOBS);
        }
        StringBuilder csv = new StringBuilder(CsvLine.of(header));
        for (PaperTable.Cell cell : table.cells()) {
            List<String> line = new ArrayList<>();
            for (String tag : tags) {
                Object value = cell.row().getOrDefault(tag, cell.column().get(tag));
                line.add(value == null ? "" : TagValue.show(value));
            }
            line.addAll(values(cell));
            if (layout.hasJobs()) {
                line.add(jobs(cell, job -> job.id().toString()));
                line.add(jobs(cell, job -> job.folder().toString()));
            }
            csv.append(CsvLine.of(line));
        }
        return csv.toString();
    }

    private static List<String> values(PaperTable.Cell cell) {
        return List.of(
                cell.metric().name(),
                Words.of(cell.metric().statistic()),
                number(cell.value()),
                number(cell.lower()),
                number(cell.upper()),
                number(cell.halfWidth()),
                String.valueOf(cell.n()),
                String.valueOf(cell.expected()),
                TableGrid.states(cell, "; "),
                Words.of(cell.mark()),
                Words.of(cell.verdict()),
                number(cell.p()),
                cell.pairs() == 0 ? "" : String.valueOf(cell.pairs()));
    }

    private static String number(OptionalDouble value) {
        return value.isPresent() ? DecimalText.ofMetric(value.getAsDouble()) : "";
    }

    /** Returns a text for each job, a line for each. */
    private static String jobs(PaperTable.Cell cell, Function<JobReport, String> text) {
        return cell.jobs().stream().map(text).collect(Collectors.joining("\n"));
    }
}
