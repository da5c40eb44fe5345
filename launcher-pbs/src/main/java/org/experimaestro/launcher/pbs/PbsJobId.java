package org.experimaestro.launcher.pbs;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A job's name in PBS: {@code 123.server}, or {@code 123[4].server} for a job of an array. The array itself is {@code
 * 123[].server}.
 *
 * @param sequence the number
 * @param isArray whether it is an array, or a job of an array
 * @param index the number of the job in the array, empty for the array itself
 * @param server the point and the server, possibly empty
 */
record PbsJobId(String sequence, boolean isArray, OptionalInt index, String server) {
    // A fresh server counts from 0, which without the name of the server is no job but a mistake.
    private static final Pattern FORM =
            Pattern.compile("(0(?=[^.]*\\.)|[1-9]\\d{0,17})(\\[(\\d{0,9})\\])?((?:\\.\\w[\\w.-]*)?)");

    /** Reads a job id; empty if the text is not a job id. */
    static Optional<PbsJobId> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String index = matcher.group(3);
        return Optional.of(new PbsJobId(
                matcher.group(1),
                matcher.group(2) != null,
                index == null || index.isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(index)),
                matcher.group(4)));
    }

    /** Reads a text that must be a job id. */
    static PbsJobId of(String text) {
        return parse(text)
                .orElseThrow(() ->
                        new IllegalArgumentException("Not a job of PBS, as in 123.server or 123[4].server: " + text));
    }

    /** Returns whether it is one job, and not an array of several. */
    boolean isJob() {
        return !isArray || index.isPresent();
    }

    /** Returns a job of this array. */
    PbsJobId withIndex(int number) {
        return new PbsJobId(sequence, true, OptionalInt.of(number), server);
    }

    /** Returns the array, or the job itself if there is none. */
    PbsJobId whole() {
        return new PbsJobId(sequence, isArray, OptionalInt.empty(), server);
    }

    @Override
    public String toString() {
        String brackets = isArray ? "[" + (index.isPresent() ? index.getAsInt() : "") + "]" : "";
        return sequence + brackets + server;
    }
}
