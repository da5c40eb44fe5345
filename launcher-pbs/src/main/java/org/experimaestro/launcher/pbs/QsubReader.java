package org.experimaestro.launcher.pbs;

import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.experimaestro.spi.Shell;

/**
 * A reader of the answer of qsub(1B): a line with {@code 123.server}, or {@code 123[].server} for an array. Other
 * lines, such as those of a site's hooks, are ignored; a wrapper may also print the name within a sentence.
 */
final class QsubReader {
    // Groups repeat possessively (*+), because otherwise the matcher recurses for each repetition, and long texts
    // exhaust the stack.
    private static final Pattern LINE = Pattern.compile("(?m)^[ \\t]*(\\d{1,18}(?:\\[\\])?(?:\\.[\\w-]+)*+)[ \\t]*$");

    /** The pattern of a name in a sentence. The name of a server has a letter, so a decimal number is not a job. */
    private static final Pattern WORD = Pattern.compile(
            "(?<![\\w.-])(\\d{1,18}(?:\\[\\])?\\.(?=[\\w.-]*[A-Za-z])[\\w-]+(?:\\.[\\w-]+)*+)(?![\\w-])");

    private QsubReader() {}

    /**
     * Returns the jobs that an answer may name. An answer is clear only if there is exactly one.
     *
     * @param output the output of qsub
     * @param isArray whether an array was submitted
     */
    static List<PbsJobId> read(Shell.Output output, boolean isArray) {
        List<PbsJobId> jobs = find(WORD, output.out(), isArray);
        return jobs.isEmpty() ? find(LINE, output.out(), isArray) : jobs;
    }

    private static List<PbsJobId> find(Pattern pattern, String text, boolean isArray) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult result) -> PbsJobId.parse(result.group(1)))
                .flatMap(Optional::stream)
                .filter(job -> job.isArray() == isArray)
                .distinct()
                .toList();
    }
}
