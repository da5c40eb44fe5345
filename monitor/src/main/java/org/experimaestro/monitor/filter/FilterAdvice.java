package org.experimaestro.monitor.filter;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.experimaestro.base.text.TagValue;
import org.experimaestro.base.text.VisibleText;

/** Advice for filters that select nothing. */
final class FilterAdvice {
    private static final int VALUES_SHOWN = 20;

    /** A pattern of a value that contains another tag, such as {@code 0.9 b=0.4}. */
    private static final Pattern SEVERAL_TAGS = Pattern.compile("\\s\\S+=");

    private FilterAdvice() {}

    static List<String> of(Condition condition, KnownNames names, Set<String> experiments) {
        List<String> advice = new ArrayList<>();
        Filter.tests(condition)
                .filter(test -> test.operator() == Operator.EQUAL && isOfTag(test.name(), names))
                .forEach(test -> test.operands().forEach(operand -> {
                    if (operand instanceof Operand.Text wanted) {
                        addValues(test.name().name(), wanted.text(), names, advice);
                    }
                }));
        addWords(condition, experiments, advice);
        return advice;
    }

    private static boolean isOfTag(FilterName name, KnownNames names) {
        return name.scope() == FilterName.Scope.TAG
                || name.scope() == FilterName.Scope.ANY && names.hasTag(name.name());
    }

    private static void addValues(String name, String wanted, KnownNames names, List<String> advice) {
        List<Object> values = names.tagSets()
                .map(tags -> tags.get(name))
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        if (!values.isEmpty() && values.stream().noneMatch(value -> ValueMatch.isSame(wanted, value))) {
            advice.add("no job has the tag " + VisibleText.of(name + "=" + wanted) + "; "
                    + (SEVERAL_TAGS.matcher(wanted).find()
                            ? "separate tags by commas"
                            : "its values are " + listed(values)));
        }
    }

    private static void addWords(Condition condition, Set<String> experiments, List<String> advice) {
        for (Condition part : Conditions.parts(condition)) {
            if (!(part instanceof Condition.Word word)) {
                continue;
            }
            String text = VisibleText.of(word.text());
            String searched = "the word " + text + " is searched in identifiers, types, tags and errors; ";
            if (JobField.STATE.words().contains(word.text().toLowerCase(Locale.ROOT))) {
                advice.add(searched + "to select by the state, write state=" + text);
            } else if (experiments.contains(word.text())) {
                advice.add(searched + "to select the jobs of the experiment, write --experiment " + text);
            }
        }
    }

    private static String listed(List<Object> values) {
        List<String> texts = values.stream()
                .sorted(Comparator.comparingDouble(FilterAdvice::order).thenComparing(TagValue::show))
                .map(value -> VisibleText.of(TagValue.show(value)))
                .distinct()
                .toList();
        int more = texts.size() - VALUES_SHOWN;
        return String.join(", ", texts.subList(0, Math.min(VALUES_SHOWN, texts.size())))
                + (more > 0 ? ", and " + more + " more" : "");
    }

    /** Returns a number for sorting, which puts numbers before texts. */
    private static double order(Object value) {
        return value instanceof Number number ? number.doubleValue() : Double.POSITIVE_INFINITY;
    }
}
