package org.experimaestro.cli.output;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.base.text.NameCharset;

/**
 * A check for text that the charset of this JVM's locale cannot represent. Damaged text would give other values, other
 * files and other identifiers. The start script chooses a UTF-8 locale; an IDE, or a {@code java} command without the
 * script, may have another.
 */
public final class DamagedText {
    private static final List<String> VARIABLES = List.of(
            "HOME",
            "EXPERIMAESTRO_WORKDIR",
            "EXPERIMAESTRO_CONFIG",
            "XDG_CONFIG_HOME",
            "XDG_CACHE_HOME",
            "XDG_STATE_HOME");

    private DamagedText() {}

    /** Returns a message that quotes all damaged text and says how to fix it; empty if nothing is damaged. */
    public static Optional<String> find(String... arguments) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (int i = 0; i < arguments.length; i++) {
            texts.put("argument " + (i + 1), arguments[i]);
        }
        texts.put("the current folder", System.getProperty("user.dir", ""));
        texts.put("the class path", System.getProperty("java.class.path", ""));
        VARIABLES.forEach(
                name -> texts.put("the variable " + name, System.getenv().getOrDefault(name, "")));
        List<String> damaged = new ArrayList<>();
        texts.forEach((name, text) -> {
            if (NameCharset.isDamaged(text)) {
                damaged.add(name + ", read as \"" + text + "\"");
            }
        });
        if (damaged.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of("Cannot read as " + NameCharset.name() + ", the charset of this process's locale: "
                + String.join("; ", damaged) + ". "
                + (NameCharset.isUtf8() ? "Write it in UTF-8." : NameCharset.ADVICE.replaceFirst("^s", "S") + "."));
    }
}
