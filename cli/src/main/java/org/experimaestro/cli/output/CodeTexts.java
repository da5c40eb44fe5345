package org.experimaestro.cli.output;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.experimaestro.base.text.VisibleText;
import org.experimaestro.workspace.code.CodeChange;

/** Differences of code for people, and for programs. */
public final class CodeTexts {
    private static final int MOST_SHOWN = 5;

    private CodeTexts() {}

    /** Returns a phrase: {@code classes Fit, Line; jar commons-math3-3.6.1}. */
    public static String of(CodeChange change) {
        return Stream.of(names("class", "classes", change.classes()), names("jar", "jars", change.jars()))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("; "));
    }

    private static String names(String one, String many, SortedSet<String> names) {
        if (names.isEmpty()) {
            return "";
        }
        int more = names.size() - MOST_SHOWN;
        return (names.size() == 1 ? one : many) + " "
                + names.stream().limit(MOST_SHOWN).map(VisibleText::of).collect(Collectors.joining(", "))
                + (more > 0 ? " and " + more + " more" : "");
    }

    /** Returns all names, for a line of JSON. */
    public static Map<String, Object> json(CodeChange change) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("classes", List.copyOf(change.classes()));
        json.put("jars", List.copyOf(change.jars()));
        return json;
    }
}
