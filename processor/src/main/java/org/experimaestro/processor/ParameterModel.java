package org.experimaestro.processor;

import java.util.List;
import javax.lang.model.element.Element;
import org.jspecify.annotations.Nullable;

/**
 * A parameter of a configuration.
 *
 * @param element the record component or constructor parameter
 * @param name its name, and that of its accessor
 * @param type its type
 * @param defaultText the text of its default, or {@code null} if there is none, or it is absent
 * @param defaultValue the value of that text, or {@code null}
 * @param defaultFrom the name of the method that makes its default, or {@code null}
 * @param was its first default as in the annotation: the text, {@link org.experimaestro.Default#ABSENT}, or the name
 *     of the method that makes it; {@code null} if the default has not changed
 * @param firstDefault the value of that text, or {@code null}
 * @param inId whether the default counts in the identifier
 * @param meta whether it is a meta parameter
 * @param content whether the path is identified by its content
 * @param data whether the file of the path travels with a saved configuration
 * @param generatedPath the path below the job's folder, or {@code null} if the plan sets it
 * @param pathOptional whether the task may return without having made it
 * @param pathPartial the partial identifier that has the shared folder of the generated path; empty without one
 * @param leftOutOf the partial identifiers in which it does not count
 * @param min the least number allowed
 * @param max the greatest number allowed
 * @param oneOf the choices as they are written
 * @param choices the choices in the form that values are compared with
 * @param formerNames the names that it had before
 * @param description its Javadoc as plain text; empty without one
 */
record ParameterModel(
        Element element,
        String name,
        ParameterType type,
        @Nullable String defaultText,
        @Nullable Object defaultValue,
        @Nullable String defaultFrom,
        @Nullable String was,
        @Nullable Object firstDefault,
        boolean inId,
        boolean meta,
        boolean content,
        boolean data,
        @Nullable String generatedPath,
        boolean pathOptional,
        String pathPartial,
        List<String> leftOutOf,
        double min,
        double max,
        List<String> oneOf,
        List<String> choices,
        List<String> formerNames,
        String description) {

    boolean isSettable() {
        return generatedPath == null;
    }

    boolean isRequired() {
        return defaultText == null
                && defaultFrom == null
                && generatedPath == null
                && !type.is(org.experimaestro.generated.ValueType.Kind.OPTIONAL);
    }

    boolean hasRange() {
        return min != Double.NEGATIVE_INFINITY || max != Double.POSITIVE_INFINITY;
    }
}
