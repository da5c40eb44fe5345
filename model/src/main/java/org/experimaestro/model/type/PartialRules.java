package org.experimaestro.model.type;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.experimaestro.ConfigException;
import org.experimaestro.Group;
import org.experimaestro.Partial;
import org.experimaestro.base.process.PlanLine;
import org.experimaestro.base.text.NearName;
import org.experimaestro.generated.Parameter;
import org.experimaestro.generated.TypeDescriptor;
import org.experimaestro.model.identity.JobPath;
import org.jspecify.annotations.Nullable;

/** The rules for partial identifiers, and for the groups of parameters. */
public final class PartialRules {
    private PartialRules() {}

    /**
     * Returns the partial identifiers that leave a parameter out.
     *
     * @param partials the partial identifiers of the type
     * @param group the groups of the parameter; {@code null} if it has none
     * @return their names
     */
    public static String[] leftOutOf(Partial[] partials, @Nullable Group group) {
        List<String> names = new ArrayList<>();
        for (Partial partial : partials) {
            if (group != null && hasAny(group, partial.exclude()) && !hasAny(group, partial.include())) {
                names.add(partial.value());
            }
        }
        return names.toArray(new String[0]);
    }

    private static boolean hasAny(Group group, String[] names) {
        return !Collections.disjoint(List.of(group.value()), List.of(names));
    }

    private static boolean leavesNothingOut(Partial partial, List<Group> groups) {
        for (Group group : groups) {
            if (leftOutOf(new Partial[] {partial}, group).length > 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * Returns the faults of the partial identifiers of a type.
     *
     * @param partials the partial identifiers
     * @param groups the groups of those parameters that have some
     * @return sentences without a capital and a full stop; empty if all is correct
     */
    public static List<String> problems(Partial[] partials, List<Group> groups) {
        List<String> problems = new ArrayList<>();
        Set<String> known = new TreeSet<>();
        groups.forEach(group -> known.addAll(List.of(group.value())));
        Map<String, String> names = new HashMap<>();
        Set<String> used = new TreeSet<>();
        for (Partial partial : partials) {
            String subject = "the partial identifier \"" + partial.value() + "\" ";
            if (!JobPath.isTypeId(partial.value())) {
                problems.add(subject + "names a folder, and has other characters than A-Z a-z 0-9 _ . -; write one"
                        + " such as \"checkpoints\"");
            }
            String other = names.putIfAbsent(partial.value().toLowerCase(Locale.ROOT), partial.value());
            if (other != null) {
                problems.add(subject + "has the name of another one, \"" + other
                        + "\", and both name a folder, where case may not count; write another name");
            }
            if (partial.exclude().length == 0) {
                problems.add(subject + "excludes no group, so that it would be the identifier itself; name the groups"
                        + " of the parameters that it leaves out, as in exclude = \"training\"");
            } else if (leavesNothingOut(partial, groups) && known.containsAll(List.of(partial.exclude()))) {
                problems.add(subject + "leaves no parameter out, because all of those that it excludes are included,"
                        + " too; include fewer groups");
            }
            for (String[] named : List.of(partial.exclude(), partial.include())) {
                for (String group : named) {
                    used.add(group);
                    if (!known.contains(group)) {
                        problems.add(subject + "names the group \"" + group + "\", which no parameter is in"
                                + NearName.advice(group, known)
                                        .map("; "::concat)
                                        .orElse("; write @Group(\"" + group + "\") before those that belong to it"));
                    }
                }
            }
        }
        known.removeAll(used);
        for (String group : problems.isEmpty() ? known : Set.<String>of()) {
            problems.add("the group \"" + group + "\" is used by no partial identifier; write @Partial(value = …,"
                    + " exclude = \"" + group + "\") on the type, or remove the group");
        }
        return problems;
    }

    /**
     * Returns the fault of a generated path in a shared folder.
     *
     * @param partials the partial identifiers of the type
     * @param name the name that the path has of one of them
     * @return a predicate; empty if the path is correct
     */
    public static String problem(Partial[] partials, String name) {
        List<String> names = new ArrayList<>();
        for (Partial partial : partials) {
            names.add(partial.value());
        }
        if (name.isEmpty() || names.contains(name)) {
            return "";
        }
        return "is in the shared folder of the partial identifier \"" + name + "\", which its type does not have"
                + NearName.advice(name, names)
                        .map("; "::concat)
                        .orElse("; write @Partial(value = \"" + name + "\", exclude = …) on the type");
    }

    /**
     * Returns the names of the partial identifiers of a type.
     *
     * @param type the type
     * @return the names, sorted
     */
    public static Set<String> names(TypeDescriptor<?> type) {
        Set<String> names = new TreeSet<>();
        for (int i = 0; i < type.size(); i++) {
            names.addAll(List.of(type.parameter(i).leftOutOf()));
        }
        return names;
    }

    /**
     * Requires that a type has a partial identifier.
     *
     * @param type the type
     * @param name the name
     * @throws ConfigException if no parameter is left out of it, because it does not exist
     */
    public static void require(TypeDescriptor<?> type, String name) {
        for (int i = 0; i < type.size(); i++) {
            if (type.parameter(i).isLeftOutOf(name)) {
                return;
            }
        }
        Set<String> names = names(type);
        throw ConfigException.of("Cannot find the partial identifier \"" + name + "\" of " + type + ": it has "
                        + (names.isEmpty() ? "none" : String.join(", ", names)))
                .at(PlanLine.current())
                .advice("write @Partial(value = \"" + name + "\", exclude = …) on the type")
                .build();
    }

    /**
     * Returns whether a type has a generated path in a shared folder.
     *
     * @param type the type
     * @return false by default
     */
    public static boolean hasSharedPaths(TypeDescriptor<?> type) {
        for (int i = 0; i < type.size(); i++) {
            Parameter parameter = type.parameter(i);
            if (parameter.pathPartial() != null) {
                return true;
            }
        }
        return false;
    }
}
