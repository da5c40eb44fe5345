package org.experimaestro.tui.screen;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

    /** A click or a turn of the wheel, as xterm's mode 1006 tells it: button, column and line, and whether it was pressed. */
    private static final Pattern MOUSE = Pattern.compile("<([0-9]{1,4});([0-9]{1,5});([0-9]{1,5})M");

    private static final int LEFT_BUTTON = 0;
    private static final int WHEEL_UP = 64;
    private static final int WHEEL_DOWN = 65;

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
     * Waits for a key or a click. A turn of the wheel is a key that moves the cursor.
     *
     * @return the key or the click; empty at the end of the input
     * @throws IOException if the terminal has gone
     */
    public Optional<Input> read() throws IOException {
        Optional<Input> key = Optional.empty();
        while (key.isEmpty()) {
            int first = source.read(LONG_MILLIS);
            if (first == END) {
                return Optional.empty();
            }
            key = first == LATE ? Optional.empty() : key(first);
        }
        return key;
    }

    private Optional<Input> key(int first) throws IOException {
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

    private Optional<Input> sequence() throws IOException {
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

    private Optional<Input> control() throws IOException {
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
        if (sequence.equals(PASTE_BEGIN)) {
            return Optional.of(pasted());
        }
        return sequence.startsWith("<")
                ? mouse(sequence)
                : Optional.ofNullable(CONTROLS.get(sequence)).map(KeyPress::of);
    }

    private static Optional<Input> mouse(String sequence) {
        Matcher event = MOUSE.matcher(sequence);
        if (!event.matches()) {
            return Optional.empty(); // a button was let go
        }
        int column = Integer.parseInt(event.group(2)) - 1;
        int row = Integer.parseInt(event.group(3)) - 1;
        return switch (Integer.parseInt(event.group(1))) {
            case LEFT_BUTTON -> Optional.of(new MouseClick(column, row));
            case WHEEL_UP -> Optional.of(KeyPress.of("Up"));
            case WHEEL_DOWN -> Optional.of(KeyPress.of("Down"));
            default -> Optional.empty(); // another button, or one with Ctrl
        };
    }

    /** Skips a string, such as an answer of the terminal that nobody has asked for. */
    private Optional<Input> string() throws IOException {
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
