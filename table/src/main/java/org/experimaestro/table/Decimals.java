package org.experimaestro.table;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import org.experimaestro.PaperTable;
import org.experimaestro.base.text.DecimalText;

/**
 * A printer of the numbers of one metric, which all have the same number of decimals: as many as show two digits of the
 * lower median of the half widths, and four if no cell has a half width. Immutable.
 */
final class Decimals {
    private static final int WITHOUT_INTERVAL = 4;
    private static final int MOST = 6;
    private static final double LEAST_IN_EXPONENT_FORM = 1e9;
    private static final double MOST_IN_EXPONENT_FORM = 1e-4;

    private final String format;

    private Decimals(String format) {
        this.format = format;
    }

    /** Chooses the form of numbers for the cells of a metric. */
    static Decimals of(List<PaperTable.Cell> cells) {
        double[] values =
                cells.stream().flatMapToDouble(cell -> stream(cell.value())).toArray();
        double[] widths = cells.stream()
                .flatMapToDouble(cell -> stream(cell.halfWidth()))
                .filter(width -> width > 0)
                .sorted()
                .toArray();
        double largest = Arrays.stream(values)
                .filter(Double::isFinite)
                .map(Math::abs)
                .max()
                .orElse(0);
        if (largest >= LEAST_IN_EXPONENT_FORM || largest > 0 && largest < MOST_IN_EXPONENT_FORM) {
            return new Decimals("%.3e");
        }
        if (widths.length == 0) {
            boolean isWhole = Arrays.stream(values).allMatch(DecimalText::isWhole);
            return new Decimals("%." + (isWhole ? 0 : WITHOUT_INTERVAL) + "f");
        }
        int exponent = (int) Math.floor(Math.log10(widths[(widths.length - 1) / 2]));
        return new Decimals("%." + Math.clamp(1L - exponent, 0, MOST) + "f");
    }

    private static DoubleStream stream(OptionalDouble value) {
        return value.isPresent() ? DoubleStream.of(value.getAsDouble()) : DoubleStream.empty();
    }

    String text(double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, format, value) : DecimalText.of(value);
    }
}
