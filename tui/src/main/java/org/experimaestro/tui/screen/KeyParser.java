package org.experimaestro.tui.screen;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** A parser of what a terminal sends. Sequences of no key are skipped. Confined to one thread. */
public final class KeyParser {
    /** The end of the input. */
    public static final int END = -1;

    /** The time was over before a character came. */
    public static final int LATE = -2;

    /** The bytes of a sequence come together; the key Esc comes alone. */
    private static final int ESCAPE_MILLIS = 50;

    private static final int ESCAPE = 0x1B;
    private static final int BELL = 0x07;
    private static final int LONG_MILLIS = 60_000;

    private static final int LONGEST_PASTE = 4096;
    private static final String PASTE_BEGIN = "200~";
    private static final String PASTE_END = "\u001B[201~";

    private static final Map<String, String> CONTROLS = Map.ofEntries(
            Map.entry("A", "Up"),
            Map.entry("B", "Down"),
            Map.entry("C", "Right"),
            Map.entry("D", "Left"),
            Map.entry("H", "Home"),
            Map.entry("F", "End"),
            Map.entry("Z", "Shift-Tab"),
            Map.entry("1~", "Home"),
            Map.entry("7~", "Home"),
            Map.entry("3~", "Delete"),
            Map.entry("4~", "End"),
            Map.entry("8~", "End"),
            Map.entry("5~", "PageUp"),
            Map.entry("6~", "PageDown"));

    private final Source source;

    /**
     * Creates a parser.
     *
     * @param source the characters
     */
    public KeyParser(Source source) {
        this.source = source;
    }

    /** A source of characters. */
    @FunctionalInterface
    public interface Source {
        /**
         * Reads a character.
         *
         * @param millis the longest wait
         * @return the character, {@link #END} or {@link #LATE}
         * @throws IOException if the terminal has gone
         */
        int read(long millis) throws IOException;
    }

    /**
     * Waits for a key.
     *
     * @return the key; empty at the end of the input
     * @throws IOException if the terminal has gone
     */
    public Optional<KeyPress> read() throws IOException {
        Optional<KeyPress> key = Optional.empty();
        while (key.isEmpty()) {
            int first = source.read(LONG_MILLIS);
            if (first == END) {
                return Optional.empty();
            }
            key = first == LATE ? Optional.empty() : key(first);
        }
        return key;
    }

    private Optional<KeyPress> key(int first) throws IOException {
        return switch (first) {
            case ESCAPE -> sequence();
            case '\r', '\n' -> Optional.of(KeyPress.of("Enter"));
            case '\t' -> Optional.of(KeyPress.of("Tab"));
            case 0x7F, 0x08 -> Optional.of(KeyPress.of("Backspace"));
            default ->
                first < ' '
                        ? Optional.of(KeyPress.of("Ctrl-" + (char) (first + 'a' - 1)))
                        : Optional.of(KeyPress.of(character(first)));
        };
    }

    private String character(int first) throws IOException {
        if (!Character.isHighSurrogate((char) first)) {
            return Character.toString(first);
        }
        int second = source.read(ESCAPE_MILLIS);
        return second < 0 ? "\uFFFD" : new String(new char[] {(char) first, (char) second});
    }

    private Optional<KeyPress> sequence() throws IOException {
        int kind = source.read(ESCAPE_MILLIS);
        return switch (kind) {
            case LATE, END -> Optional.of(KeyPress.of("Esc"));
            case ESCAPE -> Optional.of(KeyPress.of("Esc"));
            case '[' -> control();
            case 'O' ->
                Optional.ofNullable(CONTROLS.get(Character.toString(Math.max(0, source.read(ESCAPE_MILLIS)))))
                        .map(KeyPress::of);
            case ']', 'P', '_', '^' -> string();
            default -> Optional.empty(); // Alt with a key means nothing
        };
    }

    private Optional<KeyPress> control() throws IOException {
        StringBuilder parameters = new StringBuilder();
        int next = source.read(ESCAPE_MILLIS);
        while (next >= ' ' && next < '@' && parameters.length() < 32) {
            parameters.append((char) next);
            next = source.read(ESCAPE_MILLIS);
        }
        if (next < 0) {
            return Optional.empty();
        }
        String sequence = parameters.append((char) next).toString();
        return sequence.equals(PASTE_BEGIN)
                ? Optional.of(pasted())
                : Optional.ofNullable(CONTROLS.get(sequence)).map(KeyPress::of);
    }

    /** Skips a string, such as an answer of the terminal that nobody has asked for. */
    private Optional<KeyPress> string() throws IOException {
        int next = source.read(ESCAPE_MILLIS);
        while (next >= 0 && next != BELL && next != ESCAPE) {
            next = source.read(ESCAPE_MILLIS);
        }
        if (next == ESCAPE) {
            source.read(ESCAPE_MILLIS);
        }
        return Optional.empty();
    }

    private KeyPress pasted() throws IOException {
        StringBuilder text = new StringBuilder();
        int end = -1;
        while (end < 0) {
            int next = source.read(LONG_MILLIS);
            if (next == END) {
                break;
            }
            if (next != LATE) {
                text.append((char) next);
            }
            end = text.indexOf(PASTE_END, Math.max(0, text.length() - PASTE_END.length()));
            if (end < 0 && text.length() > LONGEST_PASTE) {
                text.delete(LONGEST_PASTE / 2, text.length() - PASTE_END.length());
            }
        }
        return new KeyPress(KeyPress.PASTE, end < 0 ? text.toString() : text.substring(0, end));
    }
}
