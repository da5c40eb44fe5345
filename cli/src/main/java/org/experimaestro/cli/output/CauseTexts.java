package org.experimaestro.cli.output;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.experimaestro.base.text.VisibleText;
import org.experimaestro.monitor.compare.ComparedValue;
import org.experimaestro.monitor.compare.FirstCause;
import org.experimaestro.monitor.compare.PairGroup;

/** First causes of different results, for people, and for programs. */
public final class CauseTexts {
    private static final int MOST_SHOWN = 3;
    private static final int LONGEST = 40;

    private CauseTexts() {}

    /** Returns a phrase for a group: {@code 48 pairs differ: k1 1.2 → 1.5}. */
    public static String of(PairGroup group) {
        int pairs = group.pairs().size();
        return (pairs == 1 ? "1 pair differs: " : pairs + " pairs differ: ") + of(group.cause());
    }

    private static String of(FirstCause cause) {
        return switch (cause.kind()) {
            case PARAMETERS ->
                values(cause) + (cause.code().isNone() ? "" : "; the code differs, too: " + CodeTexts.of(cause.code()));
            case CODE -> "code: " + CodeTexts.of(cause.code());
            case ENVIRONMENT -> values(cause);
            case UNKNOWN ->
                "no cause is known: parameters, code, host, launcher, Java and its options are equal, as far as they are"
                        + " stored";
            case NO_RESULT -> "no result in one of the runs: " + values(cause);
        };
    }

    private static String values(FirstCause cause) {
        int more = cause.values().size() - MOST_SHOWN;
        return cause.values().stream()
                        .limit(MOST_SHOWN)
                        .map(value -> VisibleText.of(value.name()) + " " + values(value))
                        .collect(Collectors.joining(", "))
                + (more > 0 ? " and " + more + " more" : "");
    }

    private static String values(ComparedValue value) {
        return value.values().stream()
                .map(text -> text == null ? "-" : ValueTexts.cut(text, LONGEST))
                .collect(Collectors.joining(" → "));
    }

    /**
     * Returns the name of a cause: that of the first parameter, or of the first property of the environment.
     *
     * @return empty if no cause is known
     */
    public static Optional<String> name(FirstCause cause) {
        return cause.kind() == FirstCause.Kind.CODE
                ? Optional.of("code")
                : cause.values().stream().findFirst().map(ComparedValue::name);
    }

    /** Returns a group for a line of JSON. */
    public static Map<String, Object> json(PairGroup group) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("kind", group.cause().kind().name().toLowerCase(Locale.ROOT));
        json.put("values", ComparisonTexts.json(group.cause().values()));
        json.put("code", CodeTexts.json(group.cause().code()));
        json.put("pairs", List.copyOf(group.pairs()));
        return json;
    }
}
