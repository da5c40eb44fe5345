package org.experimaestro.base.process;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The rules for a variable of a job's environment. Its name is a name of the shell (POSIX.1-2017, Base Definitions,
 * section 3.235), because jobs are started by scripts. Its value is any text without the character 0, which ends
 * values (section 8.1).
 */
public final class EnvironmentVariable {
    /** The advice for a wrong name. */
    public static final String NAME_ADVICE = "use letters, digits and \"_\", and no digit first";

    /** The advice for a wrong value. */
    public static final String VALUE_ADVICE = "leave that character out";

    /**
     * The mark for a variable that is passed by its name: the job gets the value of this process, and the value is
     * stored nowhere. No value can be this text.
     */
    public static final String PASSED = "\0passed";

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private EnvironmentVariable() {}

    /**
     * Returns the problem of a name.
     *
     * @param name any text
     * @return a sentence without its full stop, empty if there is no problem
     */
    public static Optional<String> problemOfName(String name) {
        return NAME.matcher(name).matches()
                ? Optional.empty()
                : Optional.of("\"" + name.replace("\0", "\\0") + "\" cannot be the name of a variable");
    }

    /**
     * Returns whether a variable is passed by its name.
     *
     * @param value its value in a map of variables
     * @return true if it is {@link #PASSED}
     */
    public static boolean isPassed(String value) {
        return value.equals(PASSED);
    }

    /**
     * Returns the problem of a written value.
     *
     * @param name the variable's name
     * @param value any text
     * @return a sentence without its full stop, empty if there is no problem
     */
    public static Optional<String> problemOfValue(String name, String value) {
        return value.indexOf('\0') < 0
                ? Optional.empty()
                : Optional.of("the value of the variable " + name + " has the character 0, which ends values");
    }
}
