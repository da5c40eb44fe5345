package org.experimaestro.model.identity;

import java.util.LinkedHashMap;
import java.util.Map;
import org.experimaestro.generated.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * What a test wants to build: a made-up type and the values to give to its builder, in which drafts stand for
 * configurations. What is shared in the graph of drafts may be built as one handle or as several.
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

    /** A parameter's value, or its default where it is unset; {@code null} where there is neither. */
    @Nullable
    Object effective(String parameter) {
        Object value = values.get(parameter);
        return value == null ? defaultOf(parameter) : value;
    }

    /** The default of a parameter as a builder takes it, with a draft for a configuration. */
    @Nullable
    Object defaultOf(String parameter) {
        return defaults.containsKey(parameter)
                ? defaults.get(parameter)
                : type.parameter(type.indexOf(parameter)).defaultValue();
    }

    /** The default that the parameter had at first. */
    @Nullable
    Object firstOf(String parameter) {
        Parameter described = type.parameter(type.indexOf(parameter));
        return described.hasFirstDefault() ? described.firstDefault() : defaultOf(parameter);
    }

    /** Two drafts are the same draft, never merely equal: a test decides what is shared. */
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
