package org.experimaestro.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.settings.YamlValue.Entry;
import org.experimaestro.settings.YamlValue.Kind;
import org.experimaestro.settings.YamlValue.Mapping;
import org.experimaestro.settings.YamlValue.Scalar;
import org.experimaestro.settings.YamlValue.Sequence;

/** A reader of the key {@code priorities}: a list of {@code {where: FILTER, priority: N}}. */
final class PriorityKeys {
    private static final String FORM = "write \"priorities: [{where: FILTER, priority: 10}]\"";
    private static final String WHERE = "where";

    private PriorityKeys() {}

    @DisplayName("a rule of the priorities")
    private record Written(String where, int priority) {}

    static List<PriorityRule> read(Mapping file, Source main, Problems problems) {
        Entry written = file.entries().get(KeyNames.PRIORITIES);
        List<PriorityRule> rules = new ArrayList<>();
        if (written == null || written.value() instanceof Scalar scalar && scalar.kind() == Kind.NULL) {
            return rules;
        }
        if (!(written.value() instanceof Sequence list)) {
            problems.add(
                    written.value().origin(),
                    "\"priorities\" must be a list of rules, found " + TypeWords.found(written.value()),
                    FORM);
            return rules;
        }
        for (YamlValue item : list.items()) {
            if (item instanceof Mapping rule) {
                rule(rule, main, problems).ifPresent(rules::add);
            } else {
                problems.add(
                        item.origin(), "a rule of \"priorities\" must be a map, found " + TypeWords.found(item), FORM);
            }
        }
        return rules;
    }

    private static Optional<PriorityRule> rule(Mapping rule, Source main, Problems problems) {
        return new SettingsBinder(problems, main.folder())
                .bindAll(Written.class, rule)
                .map(Written.class::cast)
                .map(bound -> new PriorityRule(bound.where(), bound.priority(), place(rule.entries(), rule)));
    }

    private static String place(Map<String, Entry> entries, Mapping rule) {
        Entry where = entries.get(WHERE);
        return (where == null ? rule.origin() : where.value().origin()).place();
    }
}
