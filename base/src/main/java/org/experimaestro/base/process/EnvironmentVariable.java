package org.experimaestro.base.process;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a variable of a job's environment can be, wherever it is written. Its name is one of the shell's (POSIX.1-2017, Base
 * Definitions, section 3.235), since jobs are started by scripts; its value is any text without the character 0, which ends
 * values (section 8.1).
 */
public final class EnvironmentVariable {
    /** What to do about a wrong name. */
    public static final String NAME_ADVICE = "use letters, digits and \"_\", and no digit first";

    /** What to do about a wrong value. */
    public static final String VALUE_ADVICE = "leave that character out";

    /**
     * Stands for the value of a variable that is passed by its name: the job has the value that this process has, and it is
     * stored nowhere. No value can be this text.
     */
    public static final String PASSED = "\0passed";

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private EnvironmentVariable() {}

    /**
     * What is wrong with a name.
     *
     * @param name any text
     * @return a sentence without its end, empty if nothing is wrong
     */
    public static Optional<String> problemOfName(String name) {
        return NAME.matcher(name).matches()
                ? Optional.empty()
                : Optional.of("\"" + name.replace("\0", "\\0") + "\" cannot be the name of a variable");
    }

    /**
     * Whether a variable is passed by its name.
     *
     * @param value what a map of variables has for it
     * @return true if it is {@link #PASSED}
     */
    public static boolean isPassed(String value) {
        return value.equals(PASSED);
    }

    /**
     * What is wrong with a value that is written.
     *
     * @param name the variable's name
     * @param value any text
     * @return a sentence without its end, empty if nothing is wrong
     */
    public static Optional<String> problemOfValue(String name, String value) {
        return value.indexOf('\0') < 0
                ? Optional.empty()
                : Optional.of("the value of the variable " + name + " has the character 0, which ends values");
    }
}
