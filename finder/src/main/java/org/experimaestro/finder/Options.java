package org.experimaestro.finder;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.experimaestro.base.text.NearName;
import org.experimaestro.settings.Located;
import org.experimaestro.settings.Problems;
import org.experimaestro.settings.Texts;
import org.experimaestro.spi.ConnectorType;
import org.experimaestro.spi.JobOption;
import org.experimaestro.spi.LauncherOption;
import org.experimaestro.spi.LauncherType;

/** A check of the options of launchers and connectors against the options of their types. */
final class Options {
    private Options() {}

    /** Checks the options of a connector; its key {@code type} is not one of them. */
    static void check(
            ConnectorType type,
            Located<Map<String, Located<Word>>> written,
            SortedMap<String, String> options,
            Problems problems) {
        List<String> known = names(type.options());
        boolean areKnown = true;
        for (String name : options.keySet()) {
            Located<Word> value = written.value().get(name);
            if (!known.contains(name) && value != null) {
                Unknown unknown = unknown("connector", type.name(), name, known);
                problems.add(value.origin(), unknown.problem(), unknown.advice());
                areKnown = false;
            }
        }
        if (areKnown) {
            type.check(options).forEach(sentence -> problems.add(written.origin(), sentence));
        }
    }

    /**
     * Adds the problem of each option that is not an option of the launcher's type; returns true if there is none.
     */
    static boolean areKnown(LauncherType type, Map<String, Located<Word>> written, Problems problems) {
        List<String> known = names(JobOption.with(type));
        boolean areKnown = true;
        for (Map.Entry<String, Located<Word>> each : written.entrySet()) {
            if (!known.contains(each.getKey())) {
                Unknown unknown = unknown("launcher", type.name(), each.getKey(), known);
                problems.add(each.getValue().origin(), unknown.problem(), unknown.advice());
                areKnown = false;
            }
        }
        return areKnown;
    }

    /** Returns a sentence for each problem of a launcher's options, those of all launchers included. */
    static List<String> problems(LauncherType type, Map<String, String> options, List<String> directives) {
        List<String> problems = new ArrayList<>(type.check(options, directives));
        problems.addAll(JobOption.check(options));
        return problems;
    }

    /** An unknown option: the problem, and the option that was probably meant. */
    record Unknown(String problem, String advice) {}

    private static Unknown unknown(String what, String type, String option, List<String> known) {
        String all = known.isEmpty() ? "it has no options" : "its options: " + Texts.list(known);
        return new Unknown(
                "a %s of the type %s has no option %s".formatted(what, type, Texts.quote(option)),
                NearName.advice(option, known).orElse(all));
    }

    static List<String> names(List<LauncherOption> options) {
        return options.stream().map(LauncherOption::name).toList();
    }

    /** Returns options merged with those of a narrower place, which override them. */
    static SortedMap<String, String> merged(Map<String, String> wider, Map<String, String> narrower) {
        SortedMap<String, String> merged = new TreeMap<>(wider);
        merged.putAll(narrower);
        return merged;
    }
}
