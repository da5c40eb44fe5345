package org.experimaestro.web.export;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.experimaestro.monitor.detail.JobCaptions;
import org.experimaestro.monitor.filter.JobField;
import org.experimaestro.monitor.filter.RowValues;
import org.experimaestro.monitor.log.Progress;
import org.experimaestro.monitor.view.JobRow;
import org.experimaestro.web.api.CountedState;
import org.jspecify.annotations.Nullable;

/** The columns of an export that each job may have, whatever its task is: those that filters name, and a few more. */
final class FieldColumns {
    /** The most characters of an error. */
    static final int MOST_ERROR = 10_000;

    private static final double NANOS_OF_MILLISECOND = 1e6;

    private final ExportRows rows;
    private final RowValues values;
    private final Instant now;
    private int cutErrors;

    FieldColumns(ExportRows rows, RowValues values, Instant now) {
        this.rows = rows;
        this.values = values;
        this.now = now;
    }

    /**
     * Reads the columns.
     *
     * @param skipped the names of the jobs that the run does not start
     * @param captions the lines about jobs
     */
    Map<String, Column> columns(Set<String> skipped, JobCaptions captions) {
        Map<String, Column> columns = new LinkedHashMap<>();
        columns.put("phase", of(row -> word(CountedState.of(row.job(), skipped))));
        for (JobField field : List.of(JobField.TYPE, JobField.ID, JobField.HOST, JobField.LAUNCHER, JobField.CAUSE)) {
            columns.put(field.text(), of(row -> values.of(field).apply(row)));
        }
        columns.put("attempt", of(values.of(JobField.ATTEMPT)));
        columns.put("error", of(row -> error(values.of(JobField.ERROR).apply(row))));
        columns.put("pinned", of(values.of(JobField.PINNED)));
        columns.put("removed", of(values.of(JobField.REMOVED)));
        columns.put("notes", of(values.of(JobField.NOTE)));
        for (JobField field : List.of(JobField.TIME, JobField.CPU, JobField.GC)) {
            columns.put(
                    field.text(),
                    of(row -> milliseconds((Duration) values.of(field).apply(row))));
        }
        columns.put(JobField.MEMORY.text(), of(values.of(JobField.MEMORY)));
        columns.put("started", of(row -> ago(row.job().started())));
        columns.put("ended", of(row -> ago(row.job().ended())));
        columns.put(
                "progress",
                of(row -> row.job().progress().stream()
                        .findFirst()
                        .map(Progress::fraction)
                        .orElse(null)));
        columns.put("what", of(row -> blankAsNull(captions.of(row.job()))));
        return columns;
    }

    /** Returns the number of errors of which only the beginning was read. */
    int cutErrors() {
        return cutErrors;
    }

    private Column of(Function<JobRow, @Nullable Object> value) {
        Column column = new Column();
        List<JobRow> all = rows.rows();
        for (int row = 0; row < all.size(); row++) {
            column.add(row, value.apply(all.get(row)));
        }
        return column;
    }

    private @Nullable String error(@Nullable Object value) {
        if (value == null) {
            return null;
        }
        String error = value.toString();
        if (error.codePointCount(0, error.length()) <= MOST_ERROR) {
            return error;
        }
        cutErrors++;
        return error.substring(0, error.offsetByCodePoints(0, MOST_ERROR)) + "…";
    }

    private static String word(CountedState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable String blankAsNull(String text) {
        return text.isBlank() ? null : text;
    }

    /** Returns how long before the export a time was: times before and after it differ in all digits, and in few of these. */
    private @Nullable Object ago(Optional<Instant> time) {
        return time.map(since -> milliseconds(Duration.between(since, now))).orElse(null);
    }

    private static @Nullable Object milliseconds(@Nullable Duration duration) {
        if (duration == null) {
            return null;
        }
        double milliseconds = duration.getSeconds() * 1000.0 + duration.getNano() / NANOS_OF_MILLISECOND;
        return milliseconds == Math.rint(milliseconds) ? (Object) (long) milliseconds : milliseconds;
    }
}
