package org.experimaestro.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.base.text.NameCharset;

/**
 * What has not come through into this JVM, since the charset of its locale does not have it: other values, other files and
 * other identifiers would be taken. The start script chooses a locale in UTF-8; an IDE, or a {@code java} that is called by
 * hand, does not.
 */
final class DamagedText {
    private static final List<String> VARIABLES = List.of(
            "HOME",
            "EXPERIMAESTRO_WORKDIR",
            "EXPERIMAESTRO_CONFIG",
            "XDG_CONFIG_HOME",
            "XDG_CACHE_HOME",
            "XDG_STATE_HOME");

    private DamagedText() {}

    /** Describes the damaged text, and the mend; empty if nothing is damaged. */
    static Optional<String> find(String... arguments) {
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
