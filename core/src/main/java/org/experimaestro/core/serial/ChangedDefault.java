package org.experimaestro.core.serial;

import org.experimaestro.Default;
import org.experimaestro.core.json.Json;
import org.experimaestro.generated.Parameter;
import org.experimaestro.generated.TypeDescriptor;
import org.experimaestro.generated.ValueType;
import org.experimaestro.model.type.Defaults;
import org.jspecify.annotations.Nullable;

/**
 * A change of a default: a job's identifier leaves out a value that differs today.
 *
 * @param typeId the type
 * @param parameter the parameter's name
 * @param stored the value of the job, as JSON
 * @param today the value of the same identifier today, as JSON
 * @param isFirstSaid whether the type declares today's value as its first default, with {@code was}
 * @param mend the text to write, so that both values have identifiers of their own
 */
public record ChangedDefault(
        String typeId, String parameter, String stored, String today, boolean isFirstSaid, String mend) {

    static ChangedDefault of(
            TypeDescriptor<?> type, int index, @Nullable Object stored, @Nullable Object today, boolean isReadable) {
        Parameter parameter = type.parameter(index);
        return new ChangedDefault(
                type.typeId(),
                parameter.name(),
                shown(stored),
                shown(today),
                parameter.hasFirstDefault(),
                mend(type, index, parameter, stored, isReadable) + " in "
                        + type.javaClass().getTypeName());
    }

    private static String mend(
            TypeDescriptor<?> type, int index, Parameter parameter, @Nullable Object stored, boolean isReadable) {
        if (parameter.type().kind() == ValueType.Kind.CONFIG && isReadable) {
            return (parameter.hasFirstDefault() ? "change" : "add") + " was = \"…\" "
                    + (parameter.hasFirstDefault() ? "in" : "to")
                    + " its @DefaultFrom, with the name of a static method that makes " + stored;
        }
        if (!isReadable) {
            return "add inId = true to its default, since a " + parameter.type() + " cannot be " + shown(stored);
        }
        Object now = parameter.defaultValue() == null
                ? null
                : FirstDefaults.stored(parameter.type(), Defaults.of(type).bound(index));
        return "write @Default(value = " + java(parameter.type(), now) + ", was = " + java(parameter.type(), stored)
                + ")";
    }

    private static String shown(@Nullable Object json) {
        return json == null ? "absent" : Json.writeLine(json);
    }

    /** Returns a value in the form of the annotation, which is JSON only inside collections. */
    private static String java(ValueType type, @Nullable Object json) {
        if (json == null) {
            return Default.class.getSimpleName() + ".ABSENT";
        }
        return switch (type.kind()) {
            case OPTIONAL -> java(type.element(), json);
            case FLOAT ->
                literal(json instanceof Number number ? Float.toString(number.floatValue()) : json.toString());
            default -> literal(json instanceof String text ? text : Json.writeLine(json));
        };
    }

    private static String literal(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
    }

    /** Returns one sentence without a full stop: the old value, the new value, and the text to write. */
    @Override
    public String toString() {
        if (isFirstSaid) {
            return "the job was stored with " + stored + " as the first default of " + parameter + " of " + typeId
                    + ", but was says " + today + "; " + mend;
        }
        return "the default of " + parameter + " of " + typeId + " was " + stored + " and is " + today + " now; "
                + mend;
    }
}
