package org.experimaestro.settings;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/** A translator of the YAML parser's errors into plain words. */
final class SyntaxWords {
    private record Rule(String problem, String words) {}

    /* The rules. The first rule applies whose text is in the parser's problem or its context. */
    private static final List<Rule> RULES = List.of(
            new Rule("character '\\t", "a tab cannot indent a line; use spaces"),
            new Rule(
                    "mapping values are not allowed here",
                    "a \":\" is not expected here; look at the indentation, or put a text that contains \": \" in"
                            + " quotes"),
            new Rule(
                    "that cannot start any token",
                    "a value cannot begin with one of the characters @ ` %; put it in quotes"),
            new Rule(
                    "sequence entries are not allowed here",
                    "a list item \"- …\" is not expected here; begin the list on a new line"),
            new Rule("but found another document", "there is a second document after \"---\"; only one is read"));

    private SyntaxWords() {}

    /** Returns whether the error is a bracket, a brace, or a quote that was opened and never closed. */
    static boolean isLeftOpen(MarkedYamlEngineException exception) {
        return !wordsForLeftOpen(exception).isEmpty();
    }

    static String explain(MarkedYamlEngineException exception) {
        String leftOpen = wordsForLeftOpen(exception);
        if (!leftOpen.isEmpty()) {
            return leftOpen;
        }
        String problem = problem(exception);
        return RULES.stream()
                .filter(rule -> problem.contains(rule.problem()))
                .map(Rule::words)
                .findFirst()
                .orElseGet(() -> withContext(exception, problem));
    }

    private static String wordsForLeftOpen(MarkedYamlEngineException exception) {
        String context = context(exception);
        String problem = problem(exception);
        boolean isEnd = problem.contains("end of stream") || problem.contains("document separator");
        if (isEnd && context.contains("quoted scalar")) {
            return "the quote that begins here is not closed";
        }
        if (problem.startsWith("expected ',' or ']'")) {
            return "the list that \"[\" begins here lacks its \"]\", or a \",\" between two items";
        }
        return problem.startsWith("expected ',' or '}'")
                ? "the map that \"{\" begins here lacks its \"}\", or a \",\" between two entries"
                : "";
    }

    private static String withContext(MarkedYamlEngineException exception, String problem) {
        String readable = problem.replace("<block end>", "the end of the block")
                .replace("<stream end>", "the end of the file")
                .replace("found '?'", "found a key");
        String context = context(exception);
        return context.isEmpty() ? lowered(readable) : lowered(readable) + " (" + context + ")";
    }

    private static String lowered(String text) {
        return text.isEmpty() ? text : text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
    }

    private static String problem(MarkedYamlEngineException exception) {
        return Objects.requireNonNullElse(exception.getProblem(), "");
    }

    private static String context(MarkedYamlEngineException exception) {
        return Objects.requireNonNullElse(exception.getContext(), "");
    }
}
