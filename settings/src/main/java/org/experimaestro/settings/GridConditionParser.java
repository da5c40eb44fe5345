package org.experimaestro.settings;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.experimaestro.base.text.NearName;
import org.experimaestro.settings.GridCondition.Operator;
import org.jspecify.annotations.Nullable;

/**
 * A parser of the conditions of a grid: comparisons of components with values or with other components, joined by {@code
 * and}, {@code or}, {@code not} and parentheses. Used for one text.
 *
 * <pre>
 * or      = and ("or" and)*
 * and     = not ("and" not)*
 * not     = "not" not | "(" or ")" | side ("=" | "!=" | "<" | "<=" | ">" | ">=") side
 * side    = the key of a component, a number, a word, or a text in quotes
 * </pre>
 */
final class GridConditionParser {
    private static final Pattern TOKEN = Pattern.compile(
            "\\s*(?:'((?:[^']|'')*)'|\"((?:[^\"]|\"\")*)\"|(<=|>=|!=|=|<|>|\\(|\\))|([^\\s()<>=!'\"]+))\\s*");
    /* The deepest nesting of parentheses and negations, because the parser is recursive. */
    private static final int DEEPEST = 50;

    /* The longest path to a component, because records may contain each other in optionals. */
    private static final int MOST_KEYS = 6;

    private final List<Token> tokens;
    private final Map<String, Component> components;
    private int next;
    private int depth;

    private GridConditionParser(List<Token> tokens, Map<String, Component> components) {
        this.tokens = tokens;
        this.components = components;
    }

    /** A mistake in a condition, with advice if there is any. */
    static final class Mistake extends Exception {
        private static final long serialVersionUID = 1L;

        private final @Nullable String advice;

        Mistake(String message, @Nullable String advice) {
            super(message);
            this.advice = advice;
        }

        @Nullable
        String advice() {
            return advice;
        }
    }

    private record Token(String text, boolean isQuoted) {
        boolean is(String word) {
            return !isQuoted && text.toLowerCase(Locale.ROOT).equals(word);
        }
    }

    /** The way to a component, and its class without an optional around it. */
    private record Component(List<Method> accessors, Class<?> type) {}

    /** Parses a condition of the points of a record class. */
    static GridCondition parse(String text, Class<?> point) throws Mistake {
        Map<String, Component> components = new LinkedHashMap<>();
        collect("", point, List.of(), components);
        var parser = new GridConditionParser(tokens(text), components);
        GridCondition condition = parser.any();
        if (parser.next < parser.tokens.size()) {
            Token token = parser.tokens.get(parser.next);
            throw new Mistake(Texts.quote(token.text()) + " cannot follow a comparison", "join comparisons by and, or");
        }
        return condition;
    }

    private static void collect(String path, Class<?> type, List<Method> way, Map<String, Component> components) {
        if (way.size() == MOST_KEYS) {
            return;
        }
        for (RecordComponent component : type.getRecordComponents()) {
            Type declared = component.getGenericType();
            Class<?> raw = Types.raw(declared) == Optional.class
                    ? Types.raw(Types.argument(declared, 0))
                    : Types.raw(declared);
            Method accessor = component.getAccessor();
            accessor.setAccessible(true);
            List<Method> longer = new ArrayList<>(way);
            longer.add(accessor);
            String key = KeyNames.below(path, KeyNames.keyOf(component.getName()));
            components.put(key, new Component(longer, raw));
            if (raw.isRecord() && !raw.equals(type)) {
                collect(key, raw, longer, components);
            }
        }
    }

    private static List<Token> tokens(String text) throws Mistake {
        List<Token> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(text);
        int end = 0;
        while (end < text.length()) {
            if (!matcher.find(end) || matcher.start() != end) {
                throw new Mistake("cannot read on from " + Texts.quote(Texts.shorten(text.substring(end), 20)), null);
            }
            end = matcher.end();
            if (matcher.group(1) != null) {
                tokens.add(new Token(matcher.group(1).replace("''", "'"), true));
            } else if (matcher.group(2) != null) {
                tokens.add(new Token(matcher.group(2).replace("\"\"", "\""), true));
            } else {
                tokens.add(new Token(matcher.group().strip(), false));
            }
        }
        return tokens;
    }

    private GridCondition any() throws Mistake {
        List<GridCondition> parts = new ArrayList<>(List.of(all()));
        while (takes("or")) {
            parts.add(all());
        }
        return parts.size() == 1 ? parts.getFirst() : new GridCondition.Any(parts);
    }

    private GridCondition all() throws Mistake {
        List<GridCondition> parts = new ArrayList<>(List.of(one()));
        while (takes("and")) {
            parts.add(one());
        }
        return parts.size() == 1 ? parts.getFirst() : new GridCondition.All(parts);
    }

    private GridCondition one() throws Mistake {
        if (++depth > DEEPEST) {
            throw new Mistake("it is nested more than " + DEEPEST + " deep", null);
        }
        GridCondition condition;
        if (takes("not")) {
            condition = new GridCondition.Not(one());
        } else if (takes("(")) {
            condition = any();
            if (!takes(")")) {
                throw new Mistake("a parenthesis is not closed", null);
            }
        } else {
            condition = comparison();
        }
        depth--;
        return condition;
    }

    private boolean takes(String word) {
        boolean isNext = next < tokens.size() && tokens.get(next).is(word);
        next += isNext ? 1 : 0;
        return isNext;
    }

    private Token take(String expected) throws Mistake {
        if (next == tokens.size()) {
            throw new Mistake("it ends, where " + expected + " is expected", null);
        }
        return tokens.get(next++);
    }

    private GridCondition comparison() throws Mistake {
        Token left = take("a comparison");
        Token sign = take("a comparison such as k1 < 2");
        Optional<Operator> operator = sign.isQuoted() ? Optional.empty() : Operator.of(sign.text());
        if (operator.isEmpty()) {
            throw new Mistake(
                    "%s follows %s, where =, !=, <, <=, > or >= is expected"
                            .formatted(Texts.quote(sign.text()), Texts.quote(left.text())),
                    null);
        }
        return compared(left, operator.get(), take("a value"));
    }

    private GridCondition compared(Token left, Operator operator, Token right) throws Mistake {
        Component first = component(left);
        Component second = component(right);
        if (first == null && second == null) {
            throw unknown(left, right);
        }
        if (first != null && second != null) {
            check(left, first, operator);
            check(right, second, operator);
            if (kind(first) != kind(second)
                    || first.type().isEnum() && !first.type().equals(second.type())) {
                throw new Mistake(
                        "%s is %s, and %s is %s"
                                .formatted(
                                        left.text(),
                                        TypeWords.one(first.type()),
                                        right.text(),
                                        TypeWords.one(second.type())),
                        null);
            }
            return new GridCondition.Compared(
                    new GridCondition.Chosen(first.accessors()),
                    operator,
                    new GridCondition.Chosen(second.accessors()));
        }
        return first != null
                ? new GridCondition.Compared(
                        new GridCondition.Chosen(first.accessors()), operator, constant(left, first, operator, right))
                : new GridCondition.Compared(
                        constant(right, Objects.requireNonNull(second), operator, left),
                        operator,
                        new GridCondition.Chosen(second.accessors()));
    }

    private @Nullable Component component(Token token) {
        return token.isQuoted() ? null : components.get(token.text());
    }

    private Mistake unknown(Token left, Token right) {
        for (Token token : List.of(left, right)) {
            Optional<String> advice = NearName.advice(token.text(), components.keySet());
            if (advice.isPresent()) {
                return new Mistake(Texts.quote(token.text()) + " is no key of the grid", advice.get());
            }
        }
        return new Mistake(
                "neither %s nor %s is a key of the grid".formatted(Texts.quote(left.text()), Texts.quote(right.text())),
                "the keys are " + Texts.list(components.keySet()));
    }

    private enum ValueKind {
        NUMBER,
        TRUTH,
        TEXT,
        CONSTANT,
        OTHER
    }

    private static ValueKind kind(Component component) {
        Class<?> type = component.type();
        if (Types.isNumber(type)) {
            return ValueKind.NUMBER;
        }
        if (type == Boolean.class) {
            return ValueKind.TRUTH;
        }
        if (type.isEnum()) {
            return ValueKind.CONSTANT;
        }
        return type == String.class || type == Character.class ? ValueKind.TEXT : ValueKind.OTHER;
    }

    private static void check(Token name, Component component, Operator operator) throws Mistake {
        if (kind(component) == ValueKind.OTHER) {
            throw new Mistake(
                    "%s cannot be compared: it is %s"
                            .formatted(Texts.quote(name.text()), TypeWords.one(component.type())),
                    "compare numbers, truth values, texts and constants");
        }
        if (operator.isOrder() && kind(component) != ValueKind.NUMBER) {
            throw new Mistake(
                    "%s has no order: it is %s".formatted(Texts.quote(name.text()), TypeWords.one(component.type())),
                    "compare it by = or !=");
        }
    }

    private GridCondition.Constant constant(Token name, Component component, Operator operator, Token value)
            throws Mistake {
        check(name, component, operator);
        return new GridCondition.Constant(
                switch (kind(component)) {
                    case NUMBER -> number(name, value);
                    case TRUTH -> {
                        if (!value.is("true") && !value.is("false")) {
                            throw unfit(name, component, value, List.of("true", "false"));
                        }
                        yield value.is("true");
                    }
                    case CONSTANT -> {
                        List<String> names = Types.constantNames(component.type());
                        yield names.stream()
                                .filter(each -> each.equals(value.text()))
                                .findFirst()
                                .or(() -> names.stream()
                                        .filter(each -> each.equalsIgnoreCase(
                                                value.text().replace('-', '_')))
                                        .findFirst())
                                .orElseThrow(() -> unfit(name, component, value, names));
                    }
                    case TEXT, OTHER -> value.text();
                });
    }

    private BigDecimal number(Token name, Token value) throws Mistake {
        try {
            if (!value.isQuoted()) {
                return GridSeries.ExactNumber.parse(value.text()).value();
            }
        } catch (IllegalArgumentException noNumber) {
            // It is refused below.
        }
        throw unfit(
                name,
                components.get(name.text()),
                value,
                components.keySet().stream().toList());
    }

    private static Mistake unfit(Token name, @Nullable Component component, Token value, List<String> known) {
        String expected = component == null ? "of another type" : TypeWords.one(component.type());
        return new Mistake(
                "%s is %s, which %s is not".formatted(name.text(), expected, Texts.quote(value.text())),
                NearName.advice(value.text(), known).orElse(null));
    }
}
