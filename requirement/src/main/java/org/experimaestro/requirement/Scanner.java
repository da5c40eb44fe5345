package org.experimaestro.requirement;

import org.jspecify.annotations.Nullable;

/** Reads a text from left to right. White space is free between what it reads. Confined to one thread. */
final class Scanner {
    private static final int LONGEST_QUOTE = 40;
    private static final int MOST_DIGITS = 1_000;

    private final String text;
    private int position;

    Scanner(String text) {
        this.text = text;
        skipSpace();
    }

    /** The index of the next character that is not white space; the text's length at its end. */
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

    /** The text from a place to here, without the white space around it. */
    String since(int start) {
        return text.substring(start, position).strip();
    }

    /** Reads a symbol if it is the next. */
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

    /** Letters, digits and {@code _}, beginning with a letter; empty if there is none. */
    String word() {
        int end = position;
        if (!isAtDigit()) {
            while (end < text.length() && isWordPart(text.charAt(end))) {
                end++;
            }
        }
        return read(end);
    }

    /** Letters; empty if there is none. */
    String letters() {
        int end = position;
        while (end < text.length() && Character.isLetter(text.charAt(end))) {
            end++;
        }
        return read(end);
    }

    /** The characters that names may have ({@link Items#isNamePart}); empty if there is none. */
    String name() {
        int end = position;
        while (end < text.length() && Items.isNamePart(text.charAt(end))) {
            end++;
        }
        return read(end);
    }

    /**
     * Digits, maybe a point and more digits; empty if there is none, or more than a quantity can have: the time that their
     * conversion takes grows with their square.
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

    /** Goes to the next {@code &} or {@code |}, or the end. */
    void skipItem() {
        int end = position;
        while (end < text.length() && text.charAt(end) != '&' && text.charAt(end) != '|') {
            end++;
        }
        position = end;
    }

    /** That something else is here than what was expected. */
    SyntaxProblem expected(String expected) {
        return expected(expected, null);
    }

    /** That something else is here than what was expected, and what to do. */
    SyntaxProblem expected(String expected, @Nullable String advice) {
        return new SyntaxProblem(position, "found " + found() + ", expected " + expected, advice);
    }

    /** What is here, in quotes. */
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

    /** Also the no-break space, which comes with texts that are copied from pages. */
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
