package org.experimaestro.requirement;

import org.jspecify.annotations.Nullable;

/** A reader of a text from left to right, which skips white space between its parts. Confined to one thread. */
final class Scanner {
    private static final int LONGEST_QUOTE = 40;
    private static final int MOST_DIGITS = 1_000;

    private final String text;
    private int position;

    Scanner(String text) {
        this.text = text;
        skipSpace();
    }

    /** Returns the index of the next character that is not white space; the text's length at its end. */
    int position() {
        return position;
    }

    boolean isAtEnd() {
        return position == text.length();
    }

    boolean isAt(char symbol) {
        return !isAtEnd() && text.charAt(position) == symbol;
    }

    boolean isAtDigit() {
        return !isAtEnd() && isDigit(text.charAt(position));
    }

    /** Returns the text from a place to here, without the white space around it. */
    String since(int start) {
        return text.substring(start, position).strip();
    }

    /** Reads a symbol if it comes next. */
    boolean take(char symbol) {
        if (!isAt(symbol)) {
            return false;
        }
        advanceTo(position + 1);
        return true;
    }

    void expect(char symbol, String expected) throws SyntaxProblem {
        if (!take(symbol)) {
            throw expected(expected);
        }
    }

    /** Reads letters, digits and {@code _}, beginning with a letter. Returns an empty text if there are none. */
    String word() {
        int end = position;
        if (!isAtDigit()) {
            while (end < text.length() && isWordPart(text.charAt(end))) {
                end++;
            }
        }
        return read(end);
    }

    /** Reads letters. Returns an empty text if there are none. */
    String letters() {
        int end = position;
        while (end < text.length() && Character.isLetter(text.charAt(end))) {
            end++;
        }
        return read(end);
    }

    /**
     * Reads the characters that names may have ({@link Items#isNamePart}). Returns an empty text if there are none.
     */
    String name() {
        int end = position;
        while (end < text.length() && Items.isNamePart(text.charAt(end))) {
            end++;
        }
        return read(end);
    }

    /**
     * Reads digits, optionally with a point and more digits. Returns an empty text if there are none, or more than a
     * quantity can have, because the time of their conversion grows with their square.
     */
    String number() {
        int end = afterDigits(position);
        if (end > position && end + 1 < text.length() && text.charAt(end) == '.' && isDigit(text.charAt(end + 1))) {
            end = afterDigits(end + 1);
        }
        if (end - position > MOST_DIGITS) {
            return "";
        }
        return read(end);
    }

    /** Skips to the next {@code &} or {@code |}, or the end. */
    void skipItem() {
        int end = position;
        while (end < text.length() && text.charAt(end) != '&' && text.charAt(end) != '|') {
            end++;
        }
        position = end;
    }

    /** Returns the problem that the text here is not the expected text. */
    SyntaxProblem expected(String expected) {
        return expected(expected, null);
    }

    /** Returns the problem that the text here is not the expected text, with advice. */
    SyntaxProblem expected(String expected, @Nullable String advice) {
        return new SyntaxProblem(position, "found " + found() + ", expected " + expected, advice);
    }

    /** Returns the next word or symbol in quotes, for messages. */
    String found() {
        if (isAtEnd()) {
            return "the end";
        }
        int end = position;
        while (end < text.length() && (isWordPart(text.charAt(end)) || text.charAt(end) == '.')) {
            end++;
        }
        if (end == position) {
            end = text.offsetByCodePoints(position, 1);
        }
        return end - position > LONGEST_QUOTE
                ? '"' + text.substring(position, position + LONGEST_QUOTE) + "…\""
                : '"' + text.substring(position, end) + '"';
    }

    private String read(int end) {
        String read = text.substring(position, end);
        advanceTo(end);
        return read;
    }

    private void advanceTo(int end) {
        position = end;
        skipSpace();
    }

    private void skipSpace() {
        while (!isAtEnd() && isSpace(text.charAt(position))) {
            position++;
        }
    }

    private int afterDigits(int start) {
        int end = start;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /**
     * Returns whether a character is white space, including the no-break space, which comes with texts copied from
     * pages.
     */
    private static boolean isSpace(char character) {
        return Character.isWhitespace(character) || Character.isSpaceChar(character);
    }

    private static boolean isWordPart(char character) {
        return Character.isLetter(character) || isDigit(character) || character == '_';
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }
}
