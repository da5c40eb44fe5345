package org.experimaestro.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.experimaestro.Config;
import org.experimaestro.ConfigId;
import org.experimaestro.model.type.CountRule;

/**
 * The traits that a plan gives to the handle of a configuration, beside its parameters. Immutable.
 *
 * @param tags the tags given to the configuration and its values, without those below it
 * @param tagsStay whether users of the configuration do not inherit its tags
 * @param countRule the part that it has in the identifiers of its users
 * @param inits the init tasks of a task, in their order
 * @param after the outputs of the tasks that a task waits for without using them
 */
record HandleTraits(
        SortedMap<String, Object> tags,
        boolean tagsStay,
        CountRule countRule,
        List<ConfigNode<?>> inits,
        List<Config<?>> after) {
    /** Those of a handle to which nothing was given. */
    static final HandleTraits NONE =
            new HandleTraits(new TreeMap<>(), false, CountRule.BY_PARAMETER, List.of(), List.of());

    HandleTraits {
        tags = Collections.unmodifiableSortedMap(tags);
        inits = List.copyOf(inits);
        after = List.copyOf(after);
    }

    HandleTraits withTags(SortedMap<String, Object> others) {
        return new HandleTraits(others, tagsStay, countRule, inits, after);
    }

    /** Returns those of a variation: what belongs to a task stays, what was said about the use of one handle does not. */
    HandleTraits ofVariation(SortedMap<String, Object> others) {
        return new HandleTraits(others, false, CountRule.BY_PARAMETER, inits, after);
    }

    /** Returns whether an init task contains a relative path that counts. */
    boolean startFromPlanFolder() {
        for (ConfigNode<?> init : inits) {
            if (init.startsFromPlanFolder()) {
                return true;
            }
        }
        return false;
    }

    HandleTraits withTag(String name, Object value) {
        SortedMap<String, Object> more = new TreeMap<>(tags);
        more.put(name, value);
        return withTags(more);
    }

    HandleTraits stoppingTags() {
        return new HandleTraits(tags, true, countRule, inits, after);
    }

    HandleTraits counting(CountRule rule) {
        return new HandleTraits(tags, tagsStay, rule, inits, after);
    }

    HandleTraits withInit(ConfigNode<?> task) {
        List<ConfigNode<?>> more = new ArrayList<>(inits);
        more.add(task);
        return new HandleTraits(tags, tagsStay, countRule, more, after);
    }

    HandleTraits withAfter(Config<?> output) {
        List<Config<?>> more = new ArrayList<>(after);
        more.add(output);
        return new HandleTraits(tags, tagsStay, countRule, inits, more);
    }

    /** Returns the identifiers of the init tasks, which count in that of their task. */
    List<ConfigId> initIds() {
        if (inits.isEmpty()) {
            return List.of();
        }
        List<ConfigId> ids = new ArrayList<>();
        for (ConfigNode<?> init : inits) {
            ids.add(init.id());
        }
        return ids;
    }
}
