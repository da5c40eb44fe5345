package org.experimaestro.model.identity;

import java.util.LinkedHashMap;
import java.util.Map;
import org.experimaestro.generated.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * A draft of a configuration: a made-up type and the values for its builder, in which drafts stand for
 * configurations. A draft that is shared in the graph may be built as one handle or as several.
 *
 * @param type the type
 * @param values by the parameter's name, as a builder takes them; no entry leaves the parameter unset
 * @param task the task that makes the configuration, or {@code null}
 * @param defaults the drafts of the defaults that are configurations, by the parameter's name
 */
record Draft(
        Sample.Type type,
        Map<String, Object> values,
        @Nullable Draft task,
        Map<String, Draft> defaults) {

    /** Returns a parameter's value, or its default if it is unset; {@code null} if there is neither. */
    @Nullable
    Object effective(String parameter) {
        Object value = values.get(parameter);
        return value == null ? defaultOf(parameter) : value;
    }

    /** Returns the default of a parameter as a builder takes it, with a draft for a configuration. */
    @Nullable
    Object defaultOf(String parameter) {
        return defaults.containsKey(parameter)
                ? defaults.get(parameter)
                : type.parameter(type.indexOf(parameter)).defaultValue();
    }

    /** Returns the default that the parameter had at first. */
    @Nullable
    Object firstOf(String parameter) {
        Parameter described = type.parameter(type.indexOf(parameter));
        return described.hasFirstDefault() ? described.firstDefault() : defaultOf(parameter);
    }

    /**
     * Returns whether the two are the same object: equal drafts are not merged, because a test decides which are
     * shared.
     */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    @Override
    public String toString() {
        Map<String, Object> shown = new LinkedHashMap<>();
        for (int i = 0; i < type.size(); i++) {
            String name = type.parameter(i).name();
            shown.put(name + " " + type.parameter(i).type(), values.getOrDefault(name, "(unset)"));
        }
        return type.typeId() + ":" + type.version() + shown + (task == null ? "" : " by " + task);
    }
}
