package org.experimaestro.model.type;

import java.util.Set;

/** The names of methods that generated builders have, whatever their parameters are. */
public final class MemberNames {
    private static final Set<String> OF_EVERY_OBJECT =
            Set.of("clone", "equals", "finalize", "getClass", "hashCode", "notify", "notifyAll", "toString", "wait");
    private static final Set<String> OF_EVERY_BUILDER = Set.of("build", "toBuilder");

    private MemberNames() {}

    /**
     * Whether a method of every builder is called so.
     *
     * @param name any name
     * @return true if no method that stands for a type or a parameter can have the name
     */
    public static boolean isOfEveryBuilder(String name) {
        return OF_EVERY_OBJECT.contains(name) || OF_EVERY_BUILDER.contains(name);
    }

    /**
     * Why no parameter can be called so.
     *
     * @param parameter its name
     * @return a sentence without its first word's capital; empty if the name is good
     */
    public static String problem(String parameter) {
        return isOfEveryBuilder(parameter) || parameter.equals("tag")
                ? "a parameter cannot be called " + parameter + ", as a method that every builder has is; rename it"
                : "";
    }
}
