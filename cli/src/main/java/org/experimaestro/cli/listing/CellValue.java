package org.experimaestro.cli.listing;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.experimaestro.base.text.DecimalText;
import org.experimaestro.base.text.TagValue;
import org.experimaestro.cli.output.ValueTexts;
import org.experimaestro.workspace.Metrics;
import org.jspecify.annotations.Nullable;

/** The forms of a column's values: for people, in JSON, and in the order of a sorted listing. */
public final class CellValue {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
    private static final int FIRST_YEAR = 1000;
    private static final int LAST_YEAR = 9999;
    private static final double MILLIS_PER_SECOND = 1000;

    private CellValue() {}

    /** Returns a value for people: times in the time zone of this process, durations in their largest units. */
    public static String text(@Nullable Object value) {
        return switch (value) {
            case null -> "";
            case Instant time -> text(time);
            case Duration duration -> ValueTexts.of(duration);
            case Double number -> DecimalText.ofMetric(number);
            case List<?> list -> list.stream().map(CellValue::text).collect(Collectors.joining(", "));
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + text(entry.getValue()))
                        .collect(Collectors.joining(" "));
            default -> TagValue.show(value);
        };
    }

    /** Returns the digits of a time. A formatter takes ten times as long, and a listing may have a hundred thousand times. */
    private static String text(Instant instant) {
        LocalDateTime time = LocalDateTime.ofInstant(instant, ZoneId.systemDefault());
        if (time.getYear() < FIRST_YEAR || time.getYear() > LAST_YEAR) {
            return TIME.format(time);
        }
        StringBuilder digits = new StringBuilder("uuuu-MM-dd HH:mm:ss".length());
        digits.append(time.getYear());
        append(digits, '-', time.getMonthValue());
        append(digits, '-', time.getDayOfMonth());
        append(digits, ' ', time.getHour());
        append(digits, ':', time.getMinute());
        append(digits, ':', time.getSecond());
        return digits.toString();
    }

    private static void append(StringBuilder digits, char before, int number) {
        digits.append(before).append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }

    /** Returns a value of JSON: times in UTC, durations in seconds. */
    static @Nullable Object json(@Nullable Object value) {
        return switch (value) {
            case Instant time -> time.toString();
            case Duration duration -> duration.toMillis() / MILLIS_PER_SECOND;
            case Double number when number.isNaN() || number.isInfinite() -> Metrics.toJson(number);
            case null, default -> value;
        };
    }

    /** Returns metrics as a report's table shows them: whole numbers have no decimal point. */
    public static Map<String, Object> metrics(Map<String, Double> metrics) {
        Map<String, Object> json = new LinkedHashMap<>();
        metrics.forEach((name, value) -> json.put(name, metric(value)));
        return json;
    }

    private static Object metric(double value) {
        boolean isNegativeZero = value == 0 && 1 / value < 0;
        return DecimalText.isWhole(value) && !isNegativeZero ? (Object) (long) value : Metrics.toJson(value);
    }
}
