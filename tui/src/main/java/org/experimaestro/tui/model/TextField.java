package org.experimaestro.tui.model;

import org.experimaestro.tui.screen.KeyPress;

/**
 * A line of text that is edited. Immutable.
 *
 * @param text the text
 * @param caret the index of the character before which the next one is put
 */
public record TextField(String text, int caret) {
    static TextField of(String text) {
        return new TextField(text, text.length());
    }

    /** Returns the field after a key; the same one if the key does nothing. */
    TextField press(KeyPress key) {
        return switch (key.name()) {
            case "Backspace" -> caret == 0 ? this : without(text.offsetByCodePoints(caret, -1), caret);
            case "Delete" -> caret == text.length() ? this : without(caret, text.offsetByCodePoints(caret, 1));
            case "Left" -> caret == 0 ? this : new TextField(text, text.offsetByCodePoints(caret, -1));
            case "Right" -> caret == text.length() ? this : new TextField(text, text.offsetByCodePoints(caret, 1));
            case "Home" -> new TextField(text, 0);
            case "End" -> of(text);
            case "Ctrl-u" -> without(0, caret);
            case "Ctrl-w" -> without(beginOfWord(), caret);
            default -> with(key.text());
        };
    }

    private TextField without(int from, int to) {
        return new TextField(text.substring(0, from) + text.substring(to), from);
    }

    /** Returns the field with a text before the caret; line breaks of a pasted text are spaces. */
    private TextField with(String added) {
        String line = added.codePoints()
                .map(each -> Character.isISOControl(each) ? ' ' : each)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return new TextField(text.substring(0, caret) + line + text.substring(caret), caret + line.length());
    }

    /** Returns the index at which the word before the caret begins. */
    int beginOfWord() {
        int begin = caret;
        while (begin > 0 && text.charAt(begin - 1) == ' ') {
            begin--;
        }
        while (begin > 0 && " ,()".indexOf(text.charAt(begin - 1)) < 0) {
            begin--;
        }
        return begin;
    }

    /** Returns the field with another word before the caret. */
    TextField complete(String word) {
        int begin = beginOfWord();
        return new TextField(text.substring(0, begin) + word + text.substring(caret), begin + word.length());
    }
}
