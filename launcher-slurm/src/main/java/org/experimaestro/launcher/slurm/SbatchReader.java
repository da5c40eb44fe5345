package org.experimaestro.launcher.slurm;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.experimaestro.spi.Shell;

/**
 * A reader of the answer of sbatch(1): {@code 101} or {@code 101;cluster} with {@code --parsable}. If a site's
 * wrapper drops the option, it reads the sentence that sbatch prints without it. Other lines, such as those of a
 * site's own plugins, are ignored.
 */
final class SbatchReader {
    /**
     * The sentence, which may be in the middle of a line, after the name of a wrapper. The group repeats possessively
     * (*+), because otherwise the matcher recurses for each repetition, and long texts exhaust the stack.
     */
    private static final Pattern SENTENCE = Pattern.compile(
            "(?<![\\w.-])Submitted batch job ([1-9]\\d{0,17})(?: on cluster ([\\w-]+(?:\\.[\\w-]+)*+))?(?![\\w-])");

    private static final Pattern LINE = Pattern.compile("(?m)^[ \\t]*([1-9]\\d{0,17})(?:;([\\w.-]+))?[ \\t]*$");

    private SbatchReader() {}

    /**
     * Returns the jobs that an answer may name. An answer is clear only if there is exactly one.
     *
     * @param output the output of sbatch
     */
    static List<SlurmJobId> read(Shell.Output output) {
        String out = Shell.Output.withoutColors(output.out());
        List<SlurmJobId> lines = find(LINE, out);
        List<SlurmJobId> sentences = find(SENTENCE, out);
        if (sentences.isEmpty()) {
            sentences = find(SENTENCE, Shell.Output.withoutColors(output.err()));
        }
        if (sentences.isEmpty()) {
            return lines;
        }
        List<SlurmJobId> jobs = new ArrayList<>();
        for (SlurmJobId sentence : sentences) {
            // If there are both forms, only one of them may name the cluster.
            List<SlurmJobId> same =
                    lines.stream().filter(line -> line.job() == sentence.job()).toList();
            add(jobs, sentence);
            same.forEach(line -> add(jobs, line));
        }
        return jobs;
    }

    /**
     * Returns what sbatch, a wrapper or a site's plugin says besides the job's number, when it accepts the job.
     *
     * @param output the output of sbatch
     * @return lines of its standard error
     */
    static List<String> warnings(Shell.Output output) {
        return output.errorLines().stream()
                .filter(line -> !SENTENCE.matcher(line).find())
                .toList();
    }

    private static List<SlurmJobId> find(Pattern pattern, String text) {
        List<SlurmJobId> jobs = new ArrayList<>();
        for (Matcher matcher = pattern.matcher(text); matcher.find(); ) {
            String cluster = matcher.group(2);
            SlurmJobId.parse(matcher.group(1) + (cluster == null ? "" : ";" + cluster))
                    .ifPresent(job -> add(jobs, job));
        }
        return jobs;
    }

    /** Adds a job unless it is there; a job with a cluster replaces the same job without one. */
    private static void add(List<SlurmJobId> jobs, SlurmJobId job) {
        for (int i = 0; i < jobs.size(); i++) {
            SlurmJobId known = jobs.get(i);
            if (known.job() == job.job()
                    && (known.cluster().isEmpty() || job.cluster().isEmpty())) {
                jobs.set(i, known.cluster().isEmpty() ? job : known);
                return;
            }
        }
        if (!jobs.contains(job)) {
            jobs.add(job);
        }
    }
}
