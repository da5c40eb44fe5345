package org.experimaestro.monitor.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.experimaestro.base.text.TagValue;
import org.jspecify.annotations.Nullable;

/**
 * A translator of conditions into predicates of rows, in which each name is known.
 *
 * <p>A row without a value of a name meets no test of that name but {@code !=}, which is the opposite of {@code =}.
 */
final class FilterBinding {
    private final FilterNames names;

    FilterBinding(FilterNames names) {
        this.names = names;
    }

    Predicate<FilteredRow> bind(Condition condition) throws UnknownName {
        return switch (condition) {
            case Condition.All all -> {
                List<Predicate<FilteredRow>> parts = bind(all.parts());
                yield row -> parts.stream().allMatch(part -> part.test(row));
            }
            case Condition.Either either -> {
                List<Predicate<FilteredRow>> parts = bind(either.parts());
                yield row -> parts.stream().anyMatch(part -> part.test(row));
            }
            case Condition.Not not -> bind(not.part()).negate();
            case Condition.Word word -> {
                String wanted = word.text().toLowerCase(Locale.ROOT);
                yield row -> searched(row)
                        .anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(wanted));
            }
            case Condition.Test test -> bind(test);
        };
    }

    private List<Predicate<FilteredRow>> bind(List<Condition> parts) throws UnknownName {
        List<Predicate<FilteredRow>> bound = new ArrayList<>();
        for (Condition part : parts) {
            bound.add(bind(part));
        }
        return bound;
    }

    private Predicate<FilteredRow> bind(Condition.Test test) throws UnknownName {
        Function<FilteredRow, @Nullable Object> values = names.values(test.name());
        Predicate<Object> accepts = test.name().kind() == JobField.Kind.TEXTS ? ofSome(accepted(test)) : accepted(test);
        Predicate<FilteredRow> holds = row -> {
            Object value = values.apply(row);
            return value != null && accepts.test(value);
        };
        return test.operator() == Operator.NOT_EQUAL ? holds.negate() : holds;
    }

    /** Returns the predicate of lists with a part that is accepted. */
    private static Predicate<Object> ofSome(Predicate<Object> accepts) {
        return value -> value instanceof List<?> parts && parts.stream().anyMatch(accepts);
    }

    /** Returns the predicate of values that are there; that of {@code !=} is negated by the caller. */
    private static Predicate<Object> accepted(Condition.Test test) {
        JobField.Kind kind = test.name().kind();
        Operand first = test.operands().getFirst();
        if (test.operator() == Operator.MATCHES && first instanceof Operand.Text text) {
            Pattern pattern = Pattern.compile(text.text());
            return value -> PatternSearch.isFound(pattern, TagValue.show(value));
        }
        if (test.operator().isOrder() && first instanceof Operand.Text text) {
            return text.order(kind, test.operator());
        }
        List<Predicate<Object>> operands =
                test.operands().stream().map(operand -> operand.equality(kind)).toList();
        return value -> operands.stream().anyMatch(operand -> operand.test(value));
    }

    private static Stream<String> searched(FilteredRow row) {
        Stream<String> tags = row.tags().get().entrySet().stream().map(FilterBinding::shown);
        Object error = JobField.ERROR.value(row);
        return Stream.concat(
                Stream.concat(Stream.of(row.name()), tags),
                error == null ? Stream.empty() : Stream.of(error.toString()));
    }

    private static String shown(Map.Entry<String, Object> tag) {
        return tag.getKey() + "=" + TagValue.show(tag.getValue());
    }
}
