package org.experimaestro.engine.job;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A locale in UTF-8 for a job's process. */
public final class Utf8Locale {
    /**
     * The shell commands that set such a locale if there is none, and keep the user's other choices: the text of
     * {@code utf8-locale.sh}, which the start script has too.
     */
    public static final String SCRIPT = read() + "use_utf8_locale\n";

    private Utf8Locale() {}

    private static String read() {
        try (InputStream text = Utf8Locale.class.getResourceAsStream("utf8-locale.sh")) {
            if (text == null) {
                throw new IllegalStateException("The resource utf8-locale.sh is missing beside " + Utf8Locale.class);
            }
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("Cannot read the resource utf8-locale.sh", unreadable);
        }
    }
}
