package org.experimaestro.tui.keys;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.tui.screen.KeyPress;

/** All keys of the view: for their meaning, for the help on the screen, and for the documentation. */
public final class KeyTable {
    private static final List<KeyBinding> ALL = List.of(
            of(KeyScope.ALL, "g r", Intent.GO_RUN, "run"),
            of(KeyScope.ALL, "g j", Intent.GO_JOBS, "jobs"),
            of(KeyScope.ALL, "g t", Intent.GO_TABLE, "table"),
            of(KeyScope.ALL, "g e", Intent.GO_RUNS, "experiments and runs"),
            of(KeyScope.ALL, ":", Intent.GO_TO, "go to a screen, job or experiment"),
            of(KeyScope.ALL, "u", Intent.BACK, "back"),
            of(KeyScope.ALL, "Backspace", Intent.BACK, "back"),
            of(KeyScope.ALL, "j", Intent.DOWN, "down"),
            of(KeyScope.ALL, "Down", Intent.DOWN, "down"),
            of(KeyScope.ALL, "k", Intent.UP, "up"),
            of(KeyScope.ALL, "Up", Intent.UP, "up"),
            of(KeyScope.ALL, "PageDown", Intent.PAGE_DOWN, "one screen down"),
            of(KeyScope.ALL, "Space", Intent.PAGE_DOWN, "one screen down"),
            of(KeyScope.ALL, "PageUp", Intent.PAGE_UP, "one screen up"),
            of(KeyScope.ALL, "Home", Intent.FIRST, "first line"),
            of(KeyScope.ALL, "g g", Intent.FIRST, "first line"),
            of(KeyScope.ALL, "End", Intent.LAST, "last line"),
            of(KeyScope.ALL, "G", Intent.LAST, "last line"),
            of(KeyScope.ALL, "h", Intent.LEFT, "left, fold"),
            of(KeyScope.ALL, "Left", Intent.LEFT, "left, fold"),
            of(KeyScope.ALL, "l", Intent.RIGHT, "right, unfold"),
            of(KeyScope.ALL, "Right", Intent.RIGHT, "right, unfold"),
            of(KeyScope.ALL, "Enter", Intent.OPEN, "open"),
            of(KeyScope.ALL, "y", Intent.COPY, "copy the identifier, or the command"),
            of(KeyScope.ALL, "z", Intent.UNDO, "undo the last action"),
            of(KeyScope.ALL, "p", Intent.PAUSE, "pause, go on"),
            of(KeyScope.ALL, "m", Intent.MOUSE, "use the mouse, or not"),
            of(KeyScope.ALL, "Esc", Intent.CLEAR, "clear, close"),
            of(KeyScope.ALL, "?", Intent.HELP, "these keys"),
            of(KeyScope.ALL, "Ctrl-l", Intent.REDRAW, "draw again"),
            of(KeyScope.ALL, "Ctrl-z", Intent.SUSPEND, "suspend"),
            of(KeyScope.ALL, "q", Intent.QUIT, "leave"),
            of(KeyScope.RUNS, "s", Intent.PLAIN, "print as plain text"),
            of(KeyScope.RUN, "/", Intent.FILTER, "filter the jobs"),
            of(KeyScope.RUN, "F", Intent.FAILED_ONLY, "failed jobs"),
            of(KeyScope.RUN, "r", Intent.RETRY, "retry…"),
            of(KeyScope.RUN, "K", Intent.KILL, "kill…"),
            of(KeyScope.RUN, "D", Intent.CLEAN, "clean…"),
            of(KeyScope.RUN, "P", Intent.PAUSE_RUN, "pause or resume the run…"),
            of(KeyScope.RUN, "J", Intent.JOBS_HERE, "jobs at once…"),
            of(KeyScope.RUN, "A", Intent.BESIDE, "actions and services"),
            of(KeyScope.RUN, "s", Intent.PLAIN, "print as plain text"),
            of(KeyScope.BESIDE, "Enter", Intent.OPEN, "execute… or start…; the address of a service that runs"),
            of(KeyScope.BESIDE, "K", Intent.KILL, "stop…"),
            of(KeyScope.BESIDE, "s", Intent.PLAIN, "print as plain text"),
            of(KeyScope.JOBS, "/", Intent.FILTER, "filter"),
            of(KeyScope.JOBS, "F", Intent.FAILED_ONLY, "failed only"),
            of(KeyScope.JOBS, "=", Intent.KEEP_VALUE, "keep the group at the cursor"),
            of(KeyScope.JOBS, "-", Intent.DROP_VALUE, "drop the group at the cursor"),
            of(KeyScope.JOBS, "b", Intent.GROUP, "group by"),
            of(KeyScope.JOBS, "s", Intent.SORT, "sort"),
            of(KeyScope.JOBS, "o", Intent.FOLD, "fold, unfold"),
            of(KeyScope.JOBS, "x", Intent.SELECT, "select"),
            of(KeyScope.JOBS, "X", Intent.SELECT_RANGE, "select up to here"),
            of(KeyScope.JOBS, "a", Intent.SELECT_ALL, "select all that match"),
            of(KeyScope.JOBS, "c", Intent.COMPARE, "compare"),
            of(KeyScope.JOBS, "r", Intent.RETRY, "retry…"),
            of(KeyScope.JOBS, "K", Intent.KILL, "kill…"),
            of(KeyScope.JOBS, "D", Intent.CLEAN, "clean…"),
            of(KeyScope.JOB, "/", Intent.FILTER, "search in the log"),
            of(KeyScope.JOB, "n", Intent.NEXT_MATCH, "next match"),
            of(KeyScope.JOB, "N", Intent.PREVIOUS_MATCH, "previous match"),
            of(KeyScope.JOB, "e", Intent.FIRST_ERROR, "first error"),
            of(KeyScope.JOB, "f", Intent.FOLLOW, "follow"),
            of(KeyScope.JOB, "w", Intent.WRAP, "wrap lines"),
            of(KeyScope.JOB, "s", Intent.STREAM, "other stream"),
            of(KeyScope.JOB, "a", Intent.ATTEMPT, "other attempt"),
            of(KeyScope.JOB, "d", Intent.DETAILS, "details, log"),
            of(KeyScope.JOB, "[", Intent.PREVIOUS, "previous job of the list"),
            of(KeyScope.JOB, "]", Intent.NEXT, "next job of the list"),
            of(KeyScope.JOB, "r", Intent.RETRY, "retry…"),
            of(KeyScope.JOB, "K", Intent.KILL, "kill…"),
            of(KeyScope.JOB, "D", Intent.CLEAN, "clean…"),
            of(KeyScope.COMPARE, "s", Intent.PLAIN, "print as plain text"),
            of(KeyScope.TABLE, "s", Intent.PLAIN, "print as plain text"));

    private static final Map<String, String> SIGNS = Map.of("Up", "↑", "Down", "↓", "Left", "←", "Right", "→");

    private KeyTable() {}

    private static KeyBinding of(KeyScope scope, String keys, Intent intent, String words) {
        return new KeyBinding(scope, keys, intent, words);
    }

    /**
     * Returns the meaning of a key.
     *
     * @param scope where it was pressed
     * @param begun the key before it that begins a sequence; empty without one
     * @param key the key
     * @return the meaning on this screen, or else everywhere; empty if it has none
     */
    public static Optional<Intent> find(KeyScope scope, String begun, KeyPress key) {
        String name = key.name().equals(" ") ? "Space" : key.name();
        String keys = begun.isEmpty() ? name : begun + " " + name;
        return find(scope, keys).or(() -> find(KeyScope.ALL, keys));
    }

    private static Optional<Intent> find(KeyScope scope, String keys) {
        return ALL.stream()
                .filter(binding -> binding.scope() == scope && binding.keys().equals(keys))
                .map(KeyBinding::intent)
                .findFirst();
    }

    /**
     * Returns whether a key begins a sequence of two.
     *
     * @param key the key
     * @return true for {@code g}
     */
    public static boolean isBeginning(KeyPress key) {
        return ALL.stream().anyMatch(binding -> binding.keys().startsWith(key.name() + " "));
    }

    /** Returns whether any key has a meaning. */
    static boolean has(Intent intent) {
        return ALL.stream().anyMatch(binding -> binding.intent() == intent);
    }

    /**
     * Returns the words of a screen, with all the keys that mean them.
     *
     * @param scope the screen
     * @return the shown keys by their words, in order
     */
    public static Map<String, List<String>> words(KeyScope scope) {
        Map<String, List<String>> words = new LinkedHashMap<>();
        for (KeyBinding binding : ALL) {
            if (binding.scope() == scope) {
                words.computeIfAbsent(binding.words(), first -> new ArrayList<>())
                        .add(SIGNS.getOrDefault(binding.keys(), binding.keys()));
            }
        }
        return words;
    }

    /**
     * Returns the table of all keys for the documentation.
     *
     * @return the lines of a table in Markdown
     */
    public static List<String> markdown() {
        List<String> lines = new ArrayList<>(List.of("| Screen | Keys | What they do |", "|---|---|---|"));
        for (KeyScope scope : KeyScope.values()) {
            words(scope)
                    .forEach((words, keys) -> lines.add(
                            "| " + scope.title() + " | `" + String.join("` `", keys) + "` | " + words + " |"));
        }
        return lines;
    }
}
