package org.experimaestro.workspace;

import java.util.LinkedHashMap;
import java.util.Map;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * The amount of a limit of a run that a job needs, as the run's journal has it. Immutable.
 *
 * @param name the limit's name: {@link #HERE}, or that of a launcher's limit, as in {@link #nameOf}
 * @param amount the amount that the job needs while it runs, at least 1; bytes for memory
 * @param size the whole quantity when the line was written, at least 1
 */
public record RunLimit(String name, long amount, long size) {
    /** The name of the limit of the jobs that run on the machine of the plan's process at once. */
    public static final String HERE = "jobs of this machine";

    /** The part of the name of a launcher's limit that says what is counted, if it is the launcher's jobs. */
    public static final String JOBS = "jobs";

    /** The part of the name of a launcher's limit that says that cores are counted. */
    public static final String CORES = "cores";

    /** The part of the name of a launcher's limit that says that bytes of memory are counted. */
    public static final String MEMORY = "memory";

    private static final String OF_TOKENS = "tokens ";
    private static final String OF_LAUNCHER = " of the launcher ";

    /**
     * Returns the name of a limit of a launcher.
     *
     * @param what what is counted: {@link #JOBS}, cores, memory, or accelerators with their name
     * @param launcher the launcher's name
     * @return the name, such as {@code cores of the launcher gpu}
     */
    public static String nameOf(String what, String launcher) {
        return what + OF_LAUNCHER + launcher;
    }

    /**
     * Returns the name of the limit of a token.
     *
     * @param token the token, such as {@code licence}
     * @return the name, such as {@code tokens licence}
     */
    public static String nameOfTokens(String token) {
        return OF_TOKENS + token;
    }

    /**
     * Returns whether the limit is that of a token.
     *
     * @return true for a name of {@link #nameOfTokens}
     */
    public boolean countsTokens() {
        return name.startsWith(OF_TOKENS);
    }

    /**
     * Returns the token of a limit that {@link #countsTokens counts} one.
     *
     * @return the token, such as {@code licence}
     */
    public String token() {
        return name.substring(OF_TOKENS.length());
    }

    /**
     * Returns what is counted, without the launcher.
     *
     * @return {@link #JOBS}, {@link #CORES}, {@link #MEMORY}, or accelerators with their name; the whole name of {@link
     *     #HERE}
     */
    public String what() {
        int end = name.indexOf(OF_LAUNCHER);
        return end < 0 ? name : name.substring(0, end);
    }

    /**
     * Returns whether the limit is that of the machine of the plan's process.
     *
     * @return true for {@link #HERE}
     */
    public boolean isHere() {
        return name.equals(HERE);
    }

    /**
     * Returns whether the limit counts the jobs of a launcher.
     *
     * @return false for a limit of cores, memory or accelerators, and for {@link #HERE}
     */
    public boolean countsLauncherJobs() {
        return name.startsWith(JOBS + OF_LAUNCHER);
    }

    static RunLimit fromJson(@Nullable Object json) {
        JsonObject limit = JsonObject.of(json, "a limit");
        return new RunLimit(limit.string("name"), positive(limit, "amount"), positive(limit, "size"));
    }

    private static long positive(JsonObject limit, String key) {
        long number = limit.integer(key);
        if (number < 1) {
            throw new JsonException(
                    "the " + key + " of the limit " + limit.string("name") + " is " + number + ", and not positive");
        }
        return number;
    }

    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", name);
        json.put("amount", amount);
        json.put("size", size);
        return json;
    }
}
