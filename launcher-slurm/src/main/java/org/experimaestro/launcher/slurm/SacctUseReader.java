package org.experimaestro.launcher.slurm;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.experimaestro.spi.BatchStatus;
import org.experimaestro.spi.BatchUse;

/**
 * A reader of the accounted use of jobs in the output of sacct(1) with {@code -nP -o }{@value #FORMAT}. The line of a job has
 * its times. Behind it is a line for each of its steps, which have the memory: that of the job is the largest of a step,
 * and of a step with several tasks that of the largest task.
 */
final class SacctUseReader {
    /** The columns for each job and step, for {@code -o}. */
    static final String FORMAT = "JobID,State,ExitCode,ElapsedRaw,TotalCPU,MaxRSS";

    private static final int COLUMNS = 6;
    private static final Pattern ID = Pattern.compile("(\\d{1,18}(?:_\\d{1,9})?)(\\.\\w+)?");
    /** The seconds of a day, an hour and a minute. */
    private static final int[] SECONDS = {86_400, 3_600, 60};

    private static final Pattern TIME =
            Pattern.compile("(?:(\\d{1,9})-)?(?:(\\d{1,9}):)?(\\d{1,9}):(\\d{1,2}(?:\\.\\d{1,9})?)");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,15}(?:\\.\\d{1,9})?)([KMGTP]?)");
    private static final String UNITS = "KMGTP";

    private final Map<String, Lines> jobs = new LinkedHashMap<>();

    /** A job while its lines are read. */
    private static final class Lines {
        private final String state;
        private final OptionalInt exitCode;
        private final OptionalDouble wallSeconds;
        private final OptionalDouble cpuSeconds;
        private long memory;

        private Lines(String[] fields, OptionalInt exitCode) {
            this.state = fields[1].strip();
            this.exitCode = exitCode;
            this.wallSeconds = fields[3].strip().matches("\\d{1,15}")
                    ? OptionalDouble.of(Double.parseDouble(fields[3].strip()))
                    : OptionalDouble.empty();
            this.cpuSeconds = seconds(fields[4].strip());
        }

        /** A site that does not gather the use of jobs has no memory, and 0 for the time of cores. */
        private BatchUse use() {
            boolean isGathered = memory > 0 || cpuSeconds.orElse(0) > 0;
            return new BatchUse(
                    state,
                    exitCode,
                    wallSeconds,
                    isGathered ? cpuSeconds : OptionalDouble.empty(),
                    memory > 0 ? OptionalLong.of(memory) : OptionalLong.empty());
        }
    }

    private SacctUseReader() {}

    /** Returns the accounted use of the jobs that have ended, by their job id; lines of other forms are ignored. */
    static Map<String, BatchUse> read(String output) {
        SacctUseReader reader = new SacctUseReader();
        output.lines().forEach(reader::add);
        Map<String, BatchUse> read = new LinkedHashMap<>();
        reader.jobs.forEach((id, lines) -> read.put(id, lines.use()));
        return read;
    }

    private void add(String line) {
        String[] fields = line.split("\\|", -1);
        Matcher id = ID.matcher(fields[0].strip());
        if (fields.length < COLUMNS || !id.matches()) {
            return;
        }
        if (id.group(2) == null) {
            addJob(id.group(1), fields);
            return;
        }
        Lines job = jobs.get(id.group(1));
        if (job != null) {
            job.memory = Math.max(job.memory, bytes(fields[5].strip()));
        }
    }

    private void addJob(String id, String[] fields) {
        BatchStatus status = SlurmStatusReader.status(fields[1].strip(), "", fields[2].strip());
        if (status.phase() == BatchStatus.Phase.ENDED) {
            jobs.put(id, new Lines(fields, status.exitCode()));
        } else {
            jobs.remove(id); // it was started again
        }
    }

    /** Returns the seconds of {@code [days-][hours:]minutes:seconds[.fraction]}. */
    private static OptionalDouble seconds(String text) {
        Matcher time = TIME.matcher(text);
        if (!time.matches()) {
            return OptionalDouble.empty();
        }
        double seconds = Double.parseDouble(time.group(4));
        for (int i = 0; i < SECONDS.length; i++) {
            String part = time.group(i + 1);
            seconds += part == null ? 0 : (double) SECONDS[i] * Integer.parseInt(part);
        }
        return OptionalDouble.of(seconds);
    }

    /** Returns the bytes of {@code 2048K}; 0 if the text is no size. */
    private static long bytes(String text) {
        Matcher size = SIZE.matcher(text);
        if (!size.matches()) {
            return 0;
        }
        int power = UNITS.indexOf(size.group(2)) + (size.group(2).isEmpty() ? 0 : 1);
        BigDecimal bytes = new BigDecimal(size.group(1)).multiply(BigDecimal.valueOf(1L << 10 * power));
        return bytes.min(BigDecimal.valueOf(Long.MAX_VALUE)).longValue();
    }
}
