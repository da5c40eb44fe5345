package org.experimaestro.monitor.filter;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A printer of conditions, in the form that {@link FilterParser} reads. */
final class FilterPrinter {
    /** A text that needs no quotes anywhere in a filter. */
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}_/+:%-][\\p{L}\\p{N}_./+:%@-]*");

    private FilterPrinter() {}

    static String text(Condition condition) {
        return switch (condition) {
            case Condition.All all ->
                all.parts().stream().map(FilterPrinter::conjunct).collect(Collectors.joining(" and "));
            case Condition.Either either ->
                either.parts().stream().map(FilterPrinter::text).collect(Collectors.joining(" or "));
            case Condition.Not not -> "not " + operandOfNot(not.part());
            case Condition.Test test ->
                quoted(test.name().toString())
                        + test.operator().sign()
                        + test.operands().stream().map(FilterPrinter::operand).collect(Collectors.joining(","));
            case Condition.Word word -> quoted(word.text());
        };
    }

    private static String conjunct(Condition part) {
        return part instanceof Condition.Either ? "(" + text(part) + ")" : text(part);
    }

    private static String operandOfNot(Condition part) {
        return part instanceof Condition.Either || part instanceof Condition.All ? "(" + text(part) + ")" : text(part);
    }

    private static String operand(Operand operand) {
        return switch (operand) {
            case Operand.Text text -> quoted(text.text());
            case Operand.Range range ->
                (range.low() == null ? "" : quoted(range.low().text()))
                        + FilterParser.RANGE
                        + (range.high() == null ? "" : quoted(range.high().text()));
        };
    }

    /** Returns a text in the quotes that it does not contain, if it needs any. A quote within is doubled. */
    static String quoted(String text) {
        if (PLAIN.matcher(text).matches()
                && !text.contains(FilterParser.RANGE)
                && !text.endsWith(".")
                && !FilterParser.isKeyword(text)) {
            return text;
        }
        return text.contains("'") ? '"' + text.replace("\"", "\"\"") + '"' : "'" + text + "'";
    }
}
