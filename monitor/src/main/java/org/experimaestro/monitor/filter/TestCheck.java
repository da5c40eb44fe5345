package org.experimaestro.monitor.filter;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.experimaestro.WorkspaceException;
import org.experimaestro.base.text.NearName;
import org.experimaestro.core.defaults.DurationText;
import org.experimaestro.requirement.Quantities;

/** A check of the operands of a test: whether they have the form that its name and operator need. */
final class TestCheck {
    private final FilterText in;
    private final FilterName name;
    private final Operator operator;
    private final JobField.Kind kind;
    private final List<String> words;

    TestCheck(FilterText in, FilterName name, Operator operator) {
        this.in = in;
        this.name = name;
        this.operator = operator;
        Optional<JobField> field = name.field();
        this.kind = name.kind();
        this.words = field.map(JobField::words).orElse(List.of());
    }

    /**
     * Returns an operand as it is compared: words and identifiers in lower case.
     *
     * @param at the place of the operand
     * @param operand the operand
     * @throws WorkspaceException if the operand has another form
     */
    Operand checked(int at, Operand operand) {
        return switch (operand) {
            case Operand.Text text -> checked(at, text, operator.isOrder());
            case Operand.Range range when range.low() == null && range.high() == null -> range;
            case Operand.Range range ->
                new Operand.Range(
                        range.low() == null ? null : checked(at, range.low(), true),
                        range.high() == null ? null : checked(at, range.high(), true));
        };
    }

    private Operand.Text checked(int at, Operand.Text operand, boolean hasOrder) {
        String text = operand.text();
        if (operator == Operator.MATCHES) {
            if (kind == JobField.Kind.DURATION) {
                throw in.problem(at, name + " is a duration and no text", "write for example " + name + "<2h");
            }
            if (kind == JobField.Kind.SIZE) {
                throw in.problem(at, name + " is a size and no text", "write for example " + name + ">2GiB");
            }
            requirePattern(at, text);
            return operand;
        }
        switch (kind) {
            case WORD -> {
                return word(at, text, hasOrder);
            }
            case DURATION -> requireDuration(at, text);
            case SIZE -> requireSize(at, text);
            case NUMBER -> {
                if (ValueMatch.decimal(text) == null) {
                    throw in.problem(at, FilterText.quoted(text) + " is no number", "write for example " + name + "=2");
                }
            }
            case IDENTIFIER -> {
                return new Operand.Text(text.toLowerCase(Locale.ROOT));
            }
            case TEXT, TEXTS, RUN, VALUE -> {}
        }
        return operand;
    }

    private void requirePattern(int at, String text) {
        try {
            Pattern.compile(text);
        } catch (PatternSyntaxException wrong) {
            throw in.problem(
                    at,
                    FilterText.quoted(text) + " is no regular expression of Java: " + wrong.getDescription(),
                    "write a backslash before a sign that stands for itself");
        }
    }

    private void requireDuration(int at, String text) {
        try {
            DurationText.parse(text);
        } catch (IllegalArgumentException wrong) {
            throw in.problem(
                    at,
                    FilterText.quoted(text) + " is no duration",
                    "write for example " + name + "<2h, or 30min, 1h30min");
        }
    }

    private void requireSize(int at, String text) {
        try {
            Quantities.bytes(text);
        } catch (IllegalArgumentException wrong) {
            throw in.problem(
                    at,
                    FilterText.quoted(text) + " is no size",
                    "write for example " + name + ">2GiB, or 500M, 1.5GiB");
        }
    }

    private Operand.Text word(int at, String text, boolean hasOrder) {
        if (hasOrder) {
            throw in.problem(at, name + " has no order", "write " + name + "=" + words.getFirst() + " or a list");
        }
        String word = text.toLowerCase(Locale.ROOT).replace('-', '_');
        if (!words.contains(word)) {
            throw in.problem(
                    at,
                    "there is no " + name + " " + FilterText.quoted(text),
                    NearName.advice(text, words).orElse("write one of " + String.join(", ", words)),
                    NearName.near(text, words, FilterText.MOST_NEAR));
        }
        return new Operand.Text(word);
    }
}
