package org.experimaestro.model.type;

import java.util.Set;

/** The names of the methods that every generated builder has. */
public final class MemberNames {
    private static final Set<String> OF_EVERY_OBJECT =
            Set.of("clone", "equals", "finalize", "getClass", "hashCode", "notify", "notifyAll", "toString", "wait");
    private static final Set<String> OF_EVERY_BUILDER = Set.of("build", "toBuilder");

    private MemberNames() {}

    /**
     * Returns whether every builder has a method of this name.
     *
     * @param name any name
     * @return true if neither a type nor a parameter may have the name
     */
    public static boolean isOfEveryBuilder(String name) {
        return OF_EVERY_OBJECT.contains(name) || OF_EVERY_BUILDER.contains(name);
    }

    /**
     * Returns the reason why a parameter cannot have a name.
     *
     * @param parameter its name
     * @return a sentence without its first word's capital; empty if the name is allowed
     */
    public static String problem(String parameter) {
        return isOfEveryBuilder(parameter) || parameter.equals("tag")
                ? "a parameter cannot be called " + parameter + ", as a method that every builder has is; rename it"
                : "";
    }
}
