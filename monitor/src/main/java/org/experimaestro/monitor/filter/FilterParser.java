package org.experimaestro.monitor.filter;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.experimaestro.WorkspaceException;
import org.experimaestro.base.text.NearName;
import org.jspecify.annotations.Nullable;

/**
 * A parser of filters.
 *
 * <pre>{@code
 * filter  = [or]
 * or      = and ("or" and)*
 * and     = not (["and"] not)*
 * not     = "not"* (test | word | "@" preset | "(" [or] ")")
 * test    = name ("=" | "!=") operand ("," operand)* | name ("<" | "<=" | ">" | ">=" | "~") value
 * operand = value | [value] ".." [value]
 * name, value, word = quoted | characters without white space, parentheses and commas
 * quoted  = "'" characters "'" | '"' characters '"', in which the quote itself is doubled
 * }</pre>
 */
final class FilterParser {
    static final String RANGE = FilterText.RANGE;

    private static final String AND = "and";
    private static final String OR = "or";
    private static final String NOT = "not";
    private static final List<String> KEYWORDS = List.of(AND, OR, NOT);
    private static final Map<String, String> OTHER_LANGUAGES = Map.of("&&", AND, "&", AND, "||", OR, "|", OR);
    private static final int LONGEST = 10_000;
    private static final int DEEPEST = 100;

    private final FilterText in;
    private final Map<String, String> presets;
    private final Set<String> open;
    private final Map<FilterName, FilterText.Place> places;
    private int depth;

    private FilterParser(
            FilterText in, Map<String, String> presets, Set<String> open, Map<FilterName, FilterText.Place> places) {
        this.in = in;
        this.presets = presets;
        this.open = open;
        this.places = places;
    }

    static Filter parse(String text, Map<String, String> presets) {
        Map<FilterName, FilterText.Place> places = new LinkedHashMap<>();
        return new Filter(parse("the filter", text, presets, new LinkedHashSet<>(), places), places);
    }

    private static Condition parse(
            String label,
            String text,
            Map<String, String> presets,
            Set<String> open,
            Map<FilterName, FilterText.Place> places) {
        if (text.length() > LONGEST) {
            throw WorkspaceException.of("Cannot read " + label + ": it has " + text.length() + " characters")
                    .advice("write at most " + LONGEST)
                    .build();
        }
        FilterText in = new FilterText(label, text);
        FilterParser parser = new FilterParser(in, presets, open, places);
        in.skipSpace();
        Condition all = in.isAtEnd() ? Condition.NONE : parser.or();
        if (!in.isAtEnd()) {
            throw in.problem(
                    in.position(),
                    in.isAt(')') ? "no parenthesis is open" : "found " + in.found() + ", expected and, or, or the end",
                    null);
        }
        return all;
    }

    static boolean isKeyword(String text) {
        return KEYWORDS.stream().anyMatch(text::equalsIgnoreCase);
    }

    private Condition or() {
        List<Condition> parts = new ArrayList<>();
        do {
            parts.add(and());
        } while (in.takeKeyword(OR));
        return Conditions.either(parts);
    }

    private Condition and() {
        List<Condition> parts = new ArrayList<>();
        parts.add(not());
        while (hasMore()) {
            parts.add(not());
        }
        return Conditions.all(parts);
    }

    /** Takes the word between two conditions, which may be left out; returns false at the end of the conjunction. */
    private boolean hasMore() {
        if (in.takeKeyword(AND)) {
            return true;
        }
        in.skipSpace();
        int before = in.position();
        boolean isEnd = in.isAtEnd() || in.isAt(')') || in.isAt(',') || in.takeKeyword(OR);
        in.back(before);
        return !isEnd;
    }

    private Condition not() {
        boolean isNegative = false;
        while (in.takeKeyword(NOT)) {
            isNegative = !isNegative;
        }
        in.skipSpace();
        Condition part = primary();
        return isNegative ? Conditions.not(part) : part;
    }

    private Condition primary() {
        int start = in.position();
        if (in.take('(')) {
            return group(start);
        }
        if (in.take('@')) {
            return preset(start);
        }
        boolean isQuoted = in.isAtQuote();
        String name = in.name();
        if (name.isEmpty() && !isQuoted) {
            throw missing(start);
        }
        if (!isQuoted && OTHER_LANGUAGES.containsKey(name)) {
            throw in.problem(start, "\"" + name + "\" is no operator", "write " + OTHER_LANGUAGES.get(name));
        }
        Operator operator = in.takeOperator();
        if (operator != null) {
            return test(start, name, operator);
        }
        if (!isQuoted && isKeyword(name)) {
            throw in.problem(start, "a condition is expected before \"" + name + "\"", null);
        }
        in.requireEndOfToken();
        return new Condition.Word(name);
    }

    private Condition group(int start) {
        if (++depth > DEEPEST) {
            throw in.problem(start, "more than " + DEEPEST + " parentheses are open", null);
        }
        in.skipSpace();
        Condition group = in.isAt(')') ? Condition.NONE : or();
        in.skipSpace();
        if (!in.take(')')) {
            throw in.isAtEnd()
                    ? in.problem(start, "the parenthesis is not closed", null)
                    : in.problem(in.position(), "found " + in.found() + ", expected and, or, or )", null);
        }
        depth--;
        return group;
    }

    private WorkspaceException missing(int start) {
        String advice = in.isAt('!') && in.takeOperator() == null
                ? "write not in the place of !"
                : "write for example state=failed";
        in.back(start);
        return in.problem(start, "found " + in.found() + ", expected a condition", advice);
    }

    private Condition test(int start, String text, Operator operator) {
        FilterName name = FilterName.parse(text);
        if (name.name().isEmpty()) {
            throw in.problem(start, "a name is expected before " + operator.sign(), "write for example state=failed");
        }
        places.putIfAbsent(name, in.place(start));
        TestCheck check = new TestCheck(in, name, operator);
        List<Operand> operands = new ArrayList<>();
        do {
            in.skipSpace();
            int at = in.position();
            Operand operand = operand(operator);
            operands.add(check.checked(at, operand));
        } while (takesMore(operator) && in.takeComma());
        in.requireEndOfToken();
        return new Condition.Test(name, operator, List.copyOf(operands));
    }

    private static boolean takesMore(Operator operator) {
        return operator == Operator.EQUAL || operator == Operator.NOT_EQUAL;
    }

    private Operand operand(Operator operator) {
        boolean isPattern = operator == Operator.MATCHES;
        Operand.Text low = value(isPattern);
        if (takesMore(operator) && in.takeRange()) {
            return new Operand.Range(low, value(isPattern));
        }
        if (low == null) {
            Operator second = in.takeOperator();
            throw in.problem(
                    in.position(),
                    second == null ? "a value is expected" : "a second operator follows " + operator.sign(),
                    second == null
                            ? "write '' for the empty text, and .. for any value"
                            : "write one operator, and quote a value that begins with one");
        }
        return low;
    }

    private Operand.@Nullable Text value(boolean isPattern) {
        boolean isQuoted = in.isAtQuote();
        if (!isQuoted && in.isAtOperator()) {
            return null;
        }
        String text = in.value(isPattern);
        return text.isEmpty() && !isQuoted ? null : new Operand.Text(text);
    }

    private Condition preset(int start) {
        String name = in.name();
        String text = presets.get(name);
        if (text == null) {
            throw in.problem(
                    start,
                    "there is no filter @" + name,
                    presets.isEmpty()
                            ? "no settings.yaml has filters; write there for example \"filters: {"
                                    + (name.isEmpty() ? "bad" : name) + ": state=failed}\""
                            : NearName.advice(name, presets.keySet())
                                            .map(question -> question + " The filters are ")
                                            .orElse("the filters are ")
                                    + String.join(", ", presets.keySet()),
                    NearName.near(name, presets.keySet(), FilterText.MOST_NEAR));
        }
        if (!open.add(name)) {
            throw in.problem(start, "the filter @" + name + " is made from itself", null);
        }
        Condition preset = parse("the filter @" + name, text, presets, open, places);
        open.remove(name);
        return preset;
    }
}
