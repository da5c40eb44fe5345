package org.experimaestro.launcher.pbs;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A job's name in PBS: {@code 123.server}, or {@code 123[4].server} for a job of an array, which itself is {@code
 * 123[].server}.
 *
 * @param sequence the number
 * @param isArray whether it is an array, or a job of one
 * @param index the number of the job in the array, empty for the array itself
 * @param server the point and the server, possibly empty
 */
record PbsHandle(String sequence, boolean isArray, OptionalInt index, String server) {
    private static final Pattern FORM = Pattern.compile("(\\d+)(\\[(\\d*)\\])?((?:\\.[\\w.-]+)?)");

    /** A handle that must be one. */
    static PbsHandle of(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("Not a job of PBS, as in 123.server or 123[4].server: " + text);
        }
        String index = matcher.group(3);
        return new PbsHandle(
                matcher.group(1),
                matcher.group(2) != null,
                index == null || index.isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(index)),
                matcher.group(4));
    }

    /** Whether a text has the form of a handle. */
    static boolean isOne(String text) {
        return FORM.matcher(text).matches();
    }

    /** A job of this array. */
    PbsHandle withIndex(int number) {
        return new PbsHandle(sequence, true, OptionalInt.of(number), server);
    }

    /** The array, or the job itself where there is none. */
    PbsHandle whole() {
        return new PbsHandle(sequence, isArray, OptionalInt.empty(), server);
    }

    @Override
    public String toString() {
        String brackets = isArray ? "[" + (index.isPresent() ? index.getAsInt() : "") + "]" : "";
        return sequence + brackets + server;
    }
}
