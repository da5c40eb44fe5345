package org.experimaestro.monitor.type;

import java.util.List;
import org.experimaestro.Default;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a parameter without its class.
 *
 * @param name its name
 * @param type its type as in Java source, with simple names
 * @param isRequired whether a plan must set it
 * @param defaultText the text of its default, or {@code null}
 * @param defaultFrom the static method that makes its default, or {@code null}
 * @param was its first default, which has changed since: the text, {@link org.experimaestro.Default#ABSENT}, or the name of
 *     the method that makes it; {@code null} if the default has not changed
 * @param isDefaultCounted whether it enters the identifier even when it has its default
 * @param isMeta whether it never enters the identifier
 * @param generatedPath the path below the job's folder that the system sets it to, or {@code null}
 * @param isPathOptional whether the task may return without having made that path
 * @param isContent whether the path is identified by what it contains
 * @param min the least number allowed, or {@code null}
 * @param max the greatest number allowed, or {@code null}
 * @param choices the values allowed, as text; empty for all
 * @param description what it means, or an empty text
 */
public record ParameterInfo(
        String name,
        String type,
        boolean isRequired,
        @Nullable String defaultText,
        @Nullable String defaultFrom,
        @Nullable String was,
        boolean isDefaultCounted,
        boolean isMeta,
        @Nullable String generatedPath,
        boolean isPathOptional,
        boolean isContent,
        @Nullable Double min,
        @Nullable Double max,
        List<String> choices,
        String description) {

    /**
     * The text of the default that does not count in the identifier: the first one.
     *
     * @return {@code null} if that is absent, or there is none
     */
    public @Nullable String firstDefaultText() {
        if (was == null || defaultFrom != null) {
            return defaultText;
        }
        return was.equals(Default.ABSENT) ? null : was;
    }

    /**
     * Whether the first default has a relative path in it: it then starts from the folder of the plan, and counts.
     *
     * @return false if there is no such default, or a method makes it
     */
    public boolean isFirstDefaultRelative() {
        String text = defaultFrom == null && !isDefaultCounted ? firstDefaultText() : null;
        return text != null && StoredDefault.isRelative(text, type);
    }
}
