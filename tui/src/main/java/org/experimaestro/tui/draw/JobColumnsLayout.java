package org.experimaestro.tui.draw;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.experimaestro.core.json.Json;
import org.experimaestro.tui.text.CellWidth;
import org.experimaestro.tui.text.ForeignText;
import org.experimaestro.tui.wire.WireRows;
import org.jspecify.annotations.Nullable;

/**
 * The columns of the list of jobs that fit a screen. What does not fit goes in this order: the remark, the host, the
 * time, and the tags from the right. Immutable.
 *
 * @param first the column of the identifier, or of the label of a group
 * @param firstWidth its width
 * @param tags the tags and metrics
 * @param state the column of the state
 * @param stateWidth its width
 * @param time the column of the time; 0 without it
 * @param host the column of the host; 0 without it
 * @param what the column of the remark; 0 without it
 */
record JobColumnsLayout(
        int first, int firstWidth, List<Field> tags, int state, int stateWidth, int time, int host, int what) {
    /** The width of times. */
    static final int TIME = 11;

    /** The width of hosts. */
    static final int HOST = 12;

    private static final int FIRST = 4;
    private static final int WIDE = 100;
    private static final int LEAST_WHAT = 10;
    private static final int MOST_TAG = 16;
    private static final int DIGITS = 5;

    /**
     * A tag or a metric.
     *
     * @param name its name
     * @param at its column
     * @param width its width
     */
    record Field(String name, int at, int width) {}

    /** Returns the layout for a width, where labels of groups want some of it. */
    static JobColumnsLayout of(int width, int labels, List<String> names, List<WireRows.Row> rows) {
        boolean isWide = width >= WIDE;
        int firstWidth = Math.clamp(labels, isWide ? 20 : 14, isWide ? 40 : 26);
        int stateWidth = isWide ? 20 : 14;
        List<Integer> widths = new ArrayList<>();
        for (String name : names) {
            int most = CellWidth.of(ForeignText.of(name));
            for (WireRows.Row row : rows) {
                most = Math.max(most, CellWidth.of(value(row.values(), name)));
            }
            widths.add(Math.min(MOST_TAG, most) + 2);
        }
        int room = width - FIRST - firstWidth - 2 - stateWidth - 1;
        int tags = names.size();
        int used = widths.stream().mapToInt(Integer::intValue).sum();
        boolean hasWhat = used + TIME + HOST + LEAST_WHAT <= room;
        boolean hasHost = hasWhat || used + TIME + HOST <= room;
        boolean hasTime = hasHost || used + TIME <= room;
        while (used > room && tags > 0) {
            tags--;
            used -= widths.get(tags);
        }
        List<Field> fields = new ArrayList<>();
        int at = FIRST + firstWidth + 2;
        for (int i = 0; i < tags; i++) {
            fields.add(new Field(names.get(i), at, widths.get(i) - 2));
            at += widths.get(i);
        }
        int time = at + stateWidth + 1;
        int host = time + TIME;
        return new JobColumnsLayout(
                FIRST,
                firstWidth,
                fields,
                at,
                stateWidth,
                hasTime ? time : 0,
                hasHost ? host : 0,
                hasWhat ? host + HOST : 0);
    }

    /** Returns a value of a row as it is shown. */
    static String value(Map<String, Object> values, String name) {
        @Nullable Object value = values.get(name);
        if (value == null) {
            return "";
        }
        if (value instanceof Double number) {
            return rounded(number);
        }
        return ForeignText.of(value instanceof String text ? text : Json.writeLine(value));
    }

    /** Returns a number with as many digits as one compares in a list. */
    private static String rounded(double number) {
        return Double.isFinite(number)
                ? new BigDecimal(number)
                        .round(new MathContext(DIGITS))
                        .stripTrailingZeros()
                        .toString()
                : String.valueOf(number);
    }
}
