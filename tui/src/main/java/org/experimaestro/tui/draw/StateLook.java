package org.experimaestro.tui.draw;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.experimaestro.tui.screen.Ink;
import org.experimaestro.tui.screen.TextStyle;

/** The looks of states, in the order of their bars: each has a sign, and a colour. */
enum StateLook {
    DONE("✓", "█", Ink.DONE),
    FAILED("✗", "x", Ink.FAILED),
    CORRUPT("△", "x", Ink.FAILED),
    RUNNING("▸", "▒", Ink.RUNNING),
    STARTING("○", "░", Ink.QUEUED),
    QUEUED("○", "░", Ink.QUEUED),
    NEW("·", "·", Ink.FAINT),
    SKIPPED("–", "-", Ink.FAINT);

    private final String sign;
    private final String bar;
    private final Ink ink;

    StateLook(String sign, String bar, Ink ink) {
        this.sign = sign;
        this.bar = bar;
        this.ink = ink;
    }

    /** Returns the look of a state of the API; that of a new job for one that is not known. */
    static StateLook of(String state) {
        return Arrays.stream(values())
                .filter(look -> look.word().equals(state))
                .findFirst()
                .orElse(NEW);
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    String sign() {
        return sign;
    }

    String bar() {
        return bar;
    }

    TextStyle style() {
        return TextStyle.of(ink);
    }

    int in(Map<String, Integer> counts) {
        return counts.getOrDefault(word(), 0);
    }

    static int failed(Map<String, Integer> counts) {
        return FAILED.in(counts) + CORRUPT.in(counts);
    }

    static int waiting(Map<String, Integer> counts) {
        return STARTING.in(counts) + QUEUED.in(counts) + NEW.in(counts) + SKIPPED.in(counts);
    }

    static int total(Map<String, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }
}
