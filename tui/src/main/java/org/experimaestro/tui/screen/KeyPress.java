package org.experimaestro.tui.screen;

/**
 * A key, or a text that was pasted.
 *
 * @param name the character of a key, or a name such as {@code Enter}; {@link #PASTE} for a text
 * @param text the text that it adds to a text field; empty for keys with a name
 */
public record KeyPress(String name, String text) implements Input {
    /** The name of a text that was pasted, which never acts as keys. */
    public static final String PASTE = "Paste";

    /**
     * Returns the key of a character, or of a name.
     *
     * @param name a character, or a name of several letters
     * @return the key
     */
    public static KeyPress of(String name) {
        return new KeyPress(name, name.codePointCount(0, name.length()) == 1 ? name : "");
    }
}
