package org.experimaestro.monitor.compare;

import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.experimaestro.base.text.VisibleText;
import org.experimaestro.workspace.code.CodeChange;

/** First causes of different results in words, for people. */
public final class CausePhrases {
    private static final int MOST_VALUES = 3;
    private static final int MOST_NAMES = 5;
    private static final int LONGEST = 40;

    private CausePhrases() {}

    /**
     * Returns a cause in words.
     *
     * @param cause the cause
     * @return a phrase, such as {@code k1 1.2 → 1.5}
     */
    public static String of(FirstCause cause) {
        return switch (cause.kind()) {
            case PARAMETERS ->
                values(cause) + (cause.code().isNone() ? "" : "; the code differs, too: " + code(cause.code()));
            case CODE -> "code: " + code(cause.code());
            case ENVIRONMENT -> values(cause);
            case UNKNOWN ->
                "no cause is known: parameters, code, host, launcher, Java and its options are equal, as far as they are"
                        + " stored";
            case NO_RESULT -> "no result in one of the runs: " + values(cause);
        };
    }

    private static String values(FirstCause cause) {
        int more = cause.values().size() - MOST_VALUES;
        return cause.values().stream()
                        .limit(MOST_VALUES)
                        .map(value -> VisibleText.of(value.name()) + " " + values(value))
                        .collect(Collectors.joining(", "))
                + (more > 0 ? " and " + more + " more" : "");
    }

    private static String values(ComparedValue value) {
        return value.values().stream()
                .map(text -> text == null ? "-" : VisibleText.cut(text, LONGEST))
                .collect(Collectors.joining(" → "));
    }

    /**
     * Returns the name of a cause.
     *
     * @param cause the cause
     * @return that of the first parameter, or of the first property of the environment; empty if no cause is known
     */
    public static Optional<String> name(FirstCause cause) {
        return cause.kind() == FirstCause.Kind.CODE
                ? Optional.of("code")
                : cause.values().stream().findFirst().map(ComparedValue::name);
    }

    /**
     * Returns a difference of code in words.
     *
     * @param change the difference
     * @return a phrase, such as {@code classes Fit, Line; jar commons-math3-3.6.1}
     */
    public static String code(CodeChange change) {
        return Stream.of(names("class", "classes", change.classes()), names("jar", "jars", change.jars()))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("; "));
    }

    private static String names(String one, String many, SortedSet<String> names) {
        if (names.isEmpty()) {
            return "";
        }
        int more = names.size() - MOST_NAMES;
        return (names.size() == 1 ? one : many) + " "
                + names.stream().limit(MOST_NAMES).map(VisibleText::of).collect(Collectors.joining(", "))
                + (more > 0 ? " and " + more + " more" : "");
    }
}
