package org.experimaestro.table;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * An axis of a plot: places for values, and ticks at round values (1, 2 or 5 times a power of ten).
 *
 * <p>Source of the round values: P. S. Heckbert, <i>Nice Numbers for Graph Labels</i>, Graphics Gems, 1990.
 *
 * @param least the value at the start of the axis
 * @param greatest the value at its end, greater than {@code least}
 * @param start the place of its start in the picture
 * @param end the place of its end
 */
record PlotAxis(double least, double greatest, double start, double end) {
    private static final int TICKS = 5;
    private static final double MARGIN = 0.05;
    private static final int MOST_TICKS = 20;

    /**
     * A tick.
     *
     * @param place its place in the picture
     * @param text its value
     */
    record Tick(double place, String text) {}

    /** Makes an axis that has all values, and some room at both ends. */
    static PlotAxis of(DoubleStream values, double start, double end) {
        DoubleSummaryStatistics range = values.summaryStatistics();
        double least = range.getCount() == 0 ? 0 : range.getMin();
        double greatest = range.getCount() == 0 ? 1 : range.getMax();
        double margin = greatest > least ? (greatest - least) * MARGIN : Math.max(Math.abs(least), 1) * MARGIN;
        return new PlotAxis(least - margin, greatest + margin, start, end);
    }

    double place(double value) {
        return start + (value - least) / (greatest - least) * (end - start);
    }

    List<Tick> ticks() {
        BigDecimal step = step();
        List<Tick> ticks = new ArrayList<>();
        BigDecimal value =
                BigDecimal.valueOf(Math.ceil(least / step.doubleValue())).multiply(step);
        while (value.doubleValue() <= greatest && ticks.size() < MOST_TICKS) {
            ticks.add(new Tick(place(value.doubleValue()), text(value)));
            value = value.add(step);
        }
        return ticks;
    }

    private BigDecimal step() {
        double raw = (greatest - least) / TICKS;
        int exponent = (int) Math.floor(Math.log10(raw));
        double fraction = raw / Math.pow(10, exponent);
        int round = fraction < 1.5 ? 1 : fraction < 3 ? 2 : fraction < 7 ? 5 : 10;
        return BigDecimal.valueOf(round).scaleByPowerOfTen(exponent);
    }

    private static String text(BigDecimal value) {
        BigDecimal shortest = value.stripTrailingZeros();
        String plain = shortest.toPlainString();
        return plain.length() <= 10 ? plain : shortest.toString();
    }
}
