package org.experimaestro.model.type;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.experimaestro.model.identity.JobPath;

/** The rules for former type ids and former names of parameters, for the annotation processor and for reflection. */
public final class FormerNameRules {
    private FormerNameRules() {}

    /**
     * Finds what is wrong with the former type ids of a type.
     *
     * @param typeId its type id
     * @param former its former type ids
     * @return sentences without their first word's capital
     */
    public static List<String> typeProblems(String typeId, String[] former) {
        List<String> problems = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String id : former) {
            if (!JobPath.isTypeId(id)) {
                problems.add(
                        "the former type id \"" + id
                                + "\" has other characters than A-Z a-z 0-9 _ . -, so that no type can have had it; correct it");
            } else if (id.equals(typeId)) {
                problems.add("the former type id " + id + " is the type id of today; remove it from @FormerType");
            } else if (!seen.add(id)) {
                problems.add("the former type id " + id + " is named twice; remove one of them");
            }
        }
        return problems;
    }

    private static List<String> nameProblems(
            String parameter, String[] former, boolean isGenerated, Set<String> present, Map<String, String> owners) {
        List<String> problems = new ArrayList<>();
        if (isGenerated && former.length > 0) {
            problems.add("the generated path " + parameter
                    + " has a former name, but no value of it is stored; remove @FormerName");
        }
        for (String name : former) {
            String owner = owners.putIfAbsent(name, parameter);
            if (present.contains(name)) {
                problems.add("the former name " + name + " of " + parameter + " is the name of "
                        + (name.equals(parameter) ? "the parameter itself" : "another parameter")
                        + "; remove it from @FormerName");
            } else if (owner != null) {
                problems.add("the former name " + name + " of " + parameter + " is "
                        + (owner.equals(parameter) ? "named twice" : "also one of " + owner) + "; remove one of them");
            }
        }
        return problems;
    }

    /**
     * Returns the problems of all parameters.
     *
     * @param former for each parameter, in their order, its former names
     * @param generated the names of the parameters that are generated paths
     * @return for each parameter with problems, its sentences
     */
    public static Map<String, List<String>> nameProblems(Map<String, String[]> former, Set<String> generated) {
        Map<String, List<String>> all = new HashMap<>();
        Map<String, String> owners = new HashMap<>();
        former.forEach((parameter, names) -> {
            List<String> problems =
                    nameProblems(parameter, names, generated.contains(parameter), former.keySet(), owners);
            if (!problems.isEmpty()) {
                all.put(parameter, problems);
            }
        });
        return all;
    }
}
