package org.experimaestro.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.experimaestro.core.json.Json;

/** Text of others that a terminal would obey, that hides, or that would pass for lines of ours. */
public enum HostileText {
    CLEARS_THE_SCREEN("a\u001B[2J\u001B]0;title\u0007b"),
    EIGHT_BITS("a\u009B31mb\u0090"),
    TURNS_ROUND("a\u202Eb\u2066c\u061C\u200F"),
    HAS_LINES("a\nforged row\r\nforged line\rforged"),
    HAS_UNUSUAL_LINES("a\u2028forged\u2029forged\u0085forged\u000Bforged\fforged"),
    HIDES("a\u200Bb\u200Dc\u2060\uFEFF\u00AD\u3164\uFE0F\uDB40\uDC41\uE000"),
    LOOKS_LIKE_MARKUP("@|red a|@ %s %n ${sys:user.home}"),
    DELETES("a\u007F\b\bb");

    private static final Pattern FORBIDDEN = Pattern.compile(
            "[\\p{Cc}&&[^\\n\\t]]|[\\u00AD\\u061C\\u115F\\u1160\\u200B-\\u200F\\u2028-\\u202E\\u2060-\\u206F"
                    + "\\u3164\\uFE00-\\uFE0F\\uFEFF\\uFFA0\\p{Co}\\p{Cn}\\p{Cs}\\x{E0000}-\\x{E01EF}]");

    /** Of two columns and more, or of one at its beginning, a line of ours. */
    private static final Pattern FORGED = Pattern.compile("(?m)^forged");

    private final String text;

    HostileText(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }

    /** The text as JSON and YAML write it. */
    public String quoted() {
        return Json.writeLine(text);
    }

    /** Asserts that nothing of it acts. */
    public static void assertHarmless(String printed) {
        assertThat(printed).doesNotContainPattern(FORBIDDEN).doesNotContainPattern(FORGED);
    }
}
