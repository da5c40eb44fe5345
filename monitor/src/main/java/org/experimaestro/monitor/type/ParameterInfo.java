package org.experimaestro.monitor.type;

import java.util.List;
import java.util.Map;
import org.experimaestro.Default;
import org.jspecify.annotations.Nullable;

/**
 * A description of a parameter, read without its class.
 *
 * @param name the parameter's name
 * @param type the type as in Java source, with simple names
 * @param isRequired whether a plan must set it
 * @param defaultText the text of its default, or {@code null}
 * @param defaultFrom the static method that makes its default, or {@code null}
 * @param was the first default, if the default has changed since: its text,
 *     {@link org.experimaestro.Default#ABSENT}, or the name of the method that makes it; {@code null} if the default
 *     has not changed
 * @param isDefaultCounted whether it enters the identifier even if it has its default
 * @param isMeta whether it never enters the identifier
 * @param generatedPath the path below the job's folder that the system sets it to, or {@code null}
 * @param isPathOptional whether the task may return without having made that path
 * @param pathPartial the partial identifier that has the shared folder of that path; empty for one in the job's folder
 * @param leftOutOf the partial identifiers in which the parameter does not count
 * @param isContent whether the identifier depends on the path's content instead of the path
 * @param isData whether the file of the path travels with a saved configuration
 * @param min the least number allowed, or {@code null}
 * @param max the greatest number allowed, or {@code null}
 * @param choices the allowed values, as text; empty if all are allowed
 * @param enums the constants of each enum in the type, by the name of the enum; empty if an earlier version of the
 *     annotation processor has written the description
 * @param description its documentation in the source; may be empty
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
        String pathPartial,
        List<String> leftOutOf,
        boolean isContent,
        boolean isData,
        @Nullable Double min,
        @Nullable Double max,
        List<String> choices,
        Map<String, List<String>> enums,
        String description) {

    /**
     * Returns the text of the first default, which does not count in the identifier.
     *
     * @return {@code null} if the first default is absent, or if there is none
     */
    public @Nullable String firstDefaultText() {
        if (was == null || defaultFrom != null) {
            return defaultText;
        }
        return was.equals(Default.ABSENT) ? null : was;
    }

    /**
     * Returns whether the first default holds a relative path. Such a path starts from the plan's folder, and counts in
     * the identifier.
     *
     * @return false if there is no such default, or if a method makes it
     */
    public boolean isFirstDefaultRelative() {
        String text = defaultFrom == null && !isDefaultCounted ? firstDefaultText() : null;
        return text != null && StoredDefault.isRelative(text, type);
    }
}
