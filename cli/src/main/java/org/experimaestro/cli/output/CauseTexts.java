package org.experimaestro.cli.output;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.experimaestro.monitor.compare.CausePhrases;
import org.experimaestro.monitor.compare.PairGroup;

/** First causes of different results, for people, and for programs. */
public final class CauseTexts {
    private CauseTexts() {}

    /** Returns a phrase for a group: {@code 48 pairs differ: k1 1.2 → 1.5}. */
    public static String of(PairGroup group) {
        int pairs = group.pairs().size();
        return (pairs == 1 ? "1 pair differs: " : pairs + " pairs differ: ") + CausePhrases.of(group.cause());
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
