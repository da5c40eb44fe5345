package org.experimaestro.monitor.filter;

import java.util.List;
import org.experimaestro.WorkspaceException;
import org.experimaestro.base.text.VisibleText;
import org.jspecify.annotations.Nullable;

/** The text of a filter while it is read: its tokens, and its errors with their places. */
final class FilterText {
    static final String RANGE = "..";

    /** The most near names that a mistake has. */
    static final int MOST_NEAR = 5;

    private static final String INDENT = "\n  ";
    /** The most characters of a filter that an error shows before and behind its place: together, a line of a screen. */
    private static final int MOST_BEFORE = 40;

    private static final int MOST_BEHIND = 30;
    private static final String CUT = "…";
    private static final String OPENING = "[{(";
    private static final String CLOSING = "]})";
    private static final String SIGNS = "=!<>~";

    private final String label;
    private final String text;
    private int position;

    /**
     * Begins to read.
     *
     * @param label the name of the text in errors
     * @param text the text
     */
    FilterText(String label, String text) {
        this.label = label;
        this.text = text;
    }

    int position() {
        return position;
    }

    /** Goes back to an earlier position. */
    void back(int earlier) {
        position = earlier;
    }

    void skipSpace() {
        while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
            position++;
        }
    }

    boolean isAtEnd() {
        return position >= text.length();
    }

    boolean isAt(char character) {
        return position < text.length() && text.charAt(position) == character;
    }

    boolean isAtQuote() {
        return isAt('"') || isAt('\'');
    }

    boolean isAtOperator() {
        return Operator.at(text, position).isPresent();
    }

    /** Takes a character, if the text goes on with it. */
    boolean take(char character) {
        if (isAt(character)) {
            position++;
            return true;
        }
        return false;
    }

    /** Takes a comma, if the text goes on with one, possibly after white space. */
    boolean takeComma() {
        int before = position;
        skipSpace();
        if (take(',')) {
            return true;
        }
        position = before;
        return false;
    }

    /** Takes the sign of a range, if the text goes on with it. */
    boolean takeRange() {
        if (text.startsWith(RANGE, position)) {
            position += RANGE.length();
            return true;
        }
        return false;
    }

    /** Takes an operator, if the text goes on with one, possibly after white space. */
    @Nullable
    Operator takeOperator() {
        int before = position;
        skipSpace();
        Operator operator = Operator.at(text, position).orElse(null);
        position = operator == null ? before : position + operator.sign().length();
        return operator;
    }

    /** Takes a keyword without quotes, unless an operator follows, because then it is a name. */
    boolean takeKeyword(String keyword) {
        int before = position;
        skipSpace();
        if (!isAtQuote() && unquotedName().equalsIgnoreCase(keyword)) {
            int after = position;
            if (takeOperator() == null) {
                position = after;
                return true;
            }
        }
        position = before;
        return false;
    }

    /** Returns a text in quotes, or one that ends at white space, a parenthesis, a comma or an operator. */
    String name() {
        return isAtQuote() ? quoted() : unquotedName();
    }

    private String unquotedName() {
        int start = position;
        while (position < text.length() && !endsToken() && SIGNS.indexOf(text.charAt(position)) < 0 && !isAt('(')) {
            position++;
        }
        return text.substring(start, position);
    }

    /**
     * Returns a text in quotes, or one that ends at white space, a closing parenthesis or a comma. What is between a
     * bracket and the bracket that closes it belongs to the text.
     *
     * @param isPattern whether the text is a pattern; any other text also ends at the sign of a range and at operators
     */
    String value(boolean isPattern) {
        if (isAtQuote()) {
            return quoted();
        }
        int start = position;
        while (position < text.length() && !endsToken() && (isPattern || !isAtSign())) {
            position = Math.max(position, closing(position)) + 1;
        }
        return text.substring(start, position);
    }

    private boolean isAtSign() {
        return text.startsWith(RANGE, position) || "=<>".indexOf(text.charAt(position)) >= 0;
    }

    /** Requires that a token has ended. For example, {@code a=1,b=2} is probably meant as two conditions. */
    void requireEndOfToken() {
        if (position < text.length() && !endsToken()) {
            throw problem(
                    position,
                    "found " + found() + ", expected white space, a comma or the end",
                    "quote a value with such signs, and write and between conditions");
        }
    }

    private boolean endsToken() {
        char character = text.charAt(position);
        return Character.isWhitespace(character) || character == ')' || character == ',';
    }

    /** Returns the index of the bracket that closes the one at an index; -1 if there is none. */
    private int closing(int index) {
        int kind = OPENING.indexOf(text.charAt(index));
        if (kind < 0) {
            return -1;
        }
        int depth = 0;
        for (int i = index; i < text.length(); i++) {
            if (text.charAt(i) == OPENING.charAt(kind)) {
                depth++;
            } else if (text.charAt(i) == CLOSING.charAt(kind) && --depth == 0) {
                return i;
            }
        }
        return -1;
    }

    /** Reads a text in quotes of either kind. A quote within is doubled; all other characters are as they are. */
    private String quoted() {
        int start = position;
        char quote = text.charAt(position++);
        StringBuilder value = new StringBuilder();
        while (position < text.length()) {
            char character = text.charAt(position++);
            if (character == quote && !take(quote)) {
                return value.toString();
            }
            value.append(character);
        }
        throw problem(start, "the quote is not closed", "a quote within quotes of its kind is doubled");
    }

    /** Returns an error at a place of the text. */
    WorkspaceException problem(int at, String problem, @Nullable String advice) {
        return problem(at, problem, advice, List.of());
    }

    /** Returns an error at a place of the text where a near name may have been meant. */
    WorkspaceException problem(int at, String problem, @Nullable String advice, List<String> near) {
        return problem("Cannot read " + label, new Place(text, at), problem, advice, near);
    }

    /**
     * A place in a text.
     *
     * @param text the text
     * @param position the index of the character at fault; the text's length for its end
     */
    record Place(String text, int position) {
        /** Returns the number of characters of the word at this place: 1 at least, and 0 at the text's end. */
        int length() {
            if (position >= text.length()) {
                return 0;
            }
            FilterText in = new FilterText("", text);
            in.position = position + 1;
            char first = text.charAt(position);
            int closing = first == '"' || first == '\'' ? text.indexOf(first, position + 1) : -1;
            if (closing >= 0) {
                return closing + 1 - position;
            }
            if ((SIGNS + "(),").indexOf(first) < 0) {
                in.unquotedName();
            }
            return in.position - position;
        }

        /** Returns the same place in the part of a long text around it, with signs for what is left out. */
        Place cut() {
            int start = text.codePointCount(0, position) <= MOST_BEFORE
                    ? 0
                    : text.offsetByCodePoints(position, -MOST_BEFORE);
            int end = text.codePointCount(position, text.length()) <= MOST_BEHIND
                    ? text.length()
                    : text.offsetByCodePoints(position, MOST_BEHIND);
            String before = start == 0 ? "" : CUT;
            return new Place(
                    before + text.substring(start, end) + (end == text.length() ? "" : CUT),
                    position - start + before.length());
        }
    }

    static WorkspaceException problem(
            String subject, Place place, String problem, @Nullable String advice, List<String> near) {
        Place shown = place.cut();
        return WorkspaceException.of(subject + ":" + INDENT + VisibleText.columns(shown.text()) + INDENT
                        + VisibleText.blank(shown.text(), shown.position()) + "^ " + problem)
                .advice(advice)
                .cause(new FilterMistake(subject + ": " + problem, place, advice, near))
                .build();
    }

    Place place(int at) {
        return new Place(text, at);
    }

    /** Returns the next word in quotes, for an error. */
    String found() {
        if (isAtEnd()) {
            return "the end";
        }
        int end = position + 1;
        while (end < text.length() && !Character.isWhitespace(text.charAt(end)) && text.charAt(end) != ')') {
            end++;
        }
        return quoted(text.substring(position, end));
    }

    /** Returns a text of the user in quotes, for an error; only its beginning if it is long. */
    static String quoted(String text) {
        boolean isLong = text.codePointCount(0, text.length()) > MOST_BEFORE;
        String beginning = isLong ? text.substring(0, text.offsetByCodePoints(0, MOST_BEFORE)) + CUT : text;
        return '"' + VisibleText.of(beginning) + '"';
    }
}
