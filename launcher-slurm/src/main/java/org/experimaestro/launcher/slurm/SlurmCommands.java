package org.experimaestro.launcher.slurm;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.experimaestro.spi.ShellText;

/**
 * A maker of the shell scripts that call Slurm's commands.
 *
 * @param bin the folder of the commands, empty to search the PATH
 */
record SlurmCommands(Optional<String> bin) {
    /**
     * The largest number of jobs in a list. For more jobs, all jobs of the user are queried, because a single
     * argument is limited to 128 KiB.
     */
    private static final int LISTED = 1000;

    /** The time before the first submission at which sacct's query begins, because clocks differ. */
    private static final long CLOCK_MARGIN_SECONDS = 24 * 60 * 60;

    /**
     * Commands that remove the variables of the plan's own job, if the plan runs in a job. Otherwise the new job
     * would inherit them, with another job's task number and memory.
     */
    private static final String NO_OUTER_JOB = """
            if [ -n "${SLURM_JOB_ID-}" ]; then
              for name in $(env | sed -n 's/^\\(SLURM_[A-Z0-9_]*\\)=.*/\\1/p'); do
                case $name in SLURM_CONF|SLURM_CLUSTERS|SLURM_JWT) ;; *) unset "$name" ;; esac
              done
            fi
            """;

    /** Returns a command, as a word of a script. */
    String command(String name) {
        return bin.map(folder -> ShellText.quote(folder + "/" + name)).orElse(name);
    }

    /**
     * Returns a line that unsets the variables by which a user changes the content and form of a command's output,
     * such as filters and columns.
     *
     * @param name the command
     */
    static String withoutHabits(String name) {
        return "for name in $(env | sed -n 's/^\\(" + name.toUpperCase(Locale.ROOT)
                + "_[A-Za-z0-9_]*\\)=.*/\\1/p') SLURM_TIME_FORMAT; do unset \"$name\"; done";
    }

    /** Returns the same for jobs. A job whose job id names no cluster belongs to the default cluster. */
    static String aboutJobs(String name) {
        return withoutHabits(name) + "; unset SLURM_CLUSTERS";
    }

    /**
     * Returns a script that submits a batch script. The options are in the batch script, where variables of the
     * environment would override them.
     *
     * @param passed variables that sbatch finds in its environment, and passes to the job
     */
    String submit(String script, Map<String, String> passed) {
        return NO_OUTER_JOB
                + "unset " + String.join(" ", overriding(script.lines().toList())) + "\n"
                + ShellText.exports(passed)
                + ShellText.withInput(command("sbatch") + " --parsable", script);
    }

    /**
     * Returns the variables (sbatch(1), "INPUT ENVIRONMENT VARIABLES") that would override lines of the script,
     * block, or make an array of a job.
     */
    private static SortedSet<String> overriding(List<String> lines) {
        SortedSet<String> names =
                new TreeSet<>(List.of("SBATCH_WAIT", "SBATCH_INPUT", "SBATCH_ERROR", "SBATCH_ARRAY_INX"));
        for (String line : lines) {
            if (line.startsWith("#SBATCH -")) {
                DirectiveOptions.names(line).forEach(option -> names.addAll(variables(option)));
            }
        }
        return names;
    }

    private static List<String> variables(String option) {
        return switch (option) {
            case "time" -> List.of("SBATCH_TIMELIMIT");
            case "mem", "mem-per-cpu", "mem-per-gpu" ->
                List.of("SBATCH_MEM_PER_NODE", "SBATCH_MEM_PER_CPU", "SBATCH_MEM_PER_GPU");
            case "kill-on-invalid-dep" -> List.of("SBATCH_KILL_INVALID_DEP");
            case "requeue", "no-requeue" -> List.of("SBATCH_REQUEUE", "SBATCH_NO_REQUEUE");
            default ->
                option.matches("[a-z-]+")
                        ? List.of("SBATCH_" + option.toUpperCase(Locale.ROOT).replace('-', '_'))
                        : List.of();
        };
    }

    /**
     * Returns a query of the controller. {@code -a} includes jobs in hidden partitions, and in those that are closed
     * to the user's groups by now. {@code -r} prints a line for each task of an array. Times are in seconds since 1970.
     */
    String queue(Optional<String> cluster, Collection<SlurmJobId> jobIds) {
        return aboutJobs("squeue") + "\nSLURM_TIME_FORMAT=%s " + command("squeue") + clusterOption(cluster)
                + " -a -h -r -t all -O '"
                + SqueueReader.FORMAT + "'" + selection(jobIds) + "\n";
    }

    /** Returns a query of the free resources of all nodes, and of all pending jobs. */
    String room() {
        return aboutJobs("sinfo") + "\n" + command("sinfo") + " -a -h -N -O '" + SlurmRoom.NODES + "' || exit\necho "
                + SlurmRoom.SEPARATOR + "\n" + aboutJobs("squeue") + "\n" + command("squeue") + " -a -h -r -t PD -o '"
                + SlurmRoom.JOBS + "'\n";
    }

    /** Returns a query of the accounting about the states of jobs. */
    String accounting(Optional<String> cluster, Collection<SlurmJobId> jobIds, Instant since) {
        return accounting(cluster, "-nXP -o " + SacctReader.FORMAT, jobIds, since);
    }

    /** Returns a query of the accounting about what jobs and their steps have used. */
    String accountedUse(Optional<String> cluster, Collection<SlurmJobId> jobIds, Instant since) {
        return accounting(cluster, "-nP -o " + SacctUseReader.FORMAT, jobIds, since);
    }

    /**
     * Returns a query of the accounting. The time is relative to that host's own clock, which has a zone of its own.
     */
    private String accounting(Optional<String> cluster, String columns, Collection<SlurmJobId> jobIds, Instant since) {
        return aboutJobs("sacct") + "\nSLURM_BITSTR_LEN=0 " + command("sacct") + clusterOption(cluster)
                + " " + columns + " -S now-$(( $(date +%s) - "
                + (since.getEpochSecond() - CLOCK_MARGIN_SECONDS) + " ))" + selection(jobIds) + "\n";
    }

    private static String selection(Collection<SlurmJobId> jobIds) {
        SortedSet<Long> jobs = jobIds.stream().map(SlurmJobId::job).collect(Collectors.toCollection(TreeSet::new));
        return jobs.size() > LISTED
                ? " -u \"$(id -un)\""
                : " -j " + jobs.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    /** Returns a query of the owners and names of jobs. Its first line is {@code user=} and this user's number. */
    String owners(Optional<String> cluster, Collection<SlurmJobId> jobIds) {
        return aboutJobs("squeue") + "\necho \"" + OwnerReader.USER + "$(id -u)\"\n" + command("squeue")
                + clusterOption(cluster) + " -a -h -r -t all -O '" + OwnerReader.FORMAT + "'" + selection(jobIds)
                + "\n";
    }

    /** Returns commands that cancel jobs: a line for each cluster, and a word for each array. */
    String cancel(Collection<SlurmJobId> jobIds) {
        Map<String, List<SlurmJobId>> clusters = new TreeMap<>();
        for (SlurmJobId jobId : jobIds) {
            clusters.computeIfAbsent(jobId.cluster().orElse(""), key -> new ArrayList<>())
                    .add(jobId);
        }
        List<String> lines = new ArrayList<>(List.of(aboutJobs("scancel"), "code=0"));
        clusters.forEach((cluster, jobs) -> lines.add(command("scancel")
                + clusterOption(Optional.of(cluster).filter(name -> !name.isEmpty())) + " "
                + String.join(" ", words(jobs)) + " || code=$?"));
        lines.add("exit $code");
        return String.join("\n", lines) + "\n";
    }

    private static List<String> words(List<SlurmJobId> jobIds) {
        List<String> words = new ArrayList<>();
        Map<Long, SortedSet<Integer>> arrays = new TreeMap<>();
        for (SlurmJobId jobId : jobIds) {
            if (jobId.task().isPresent()) {
                arrays.computeIfAbsent(jobId.job(), key -> new TreeSet<>())
                        .add(jobId.task().getAsInt());
            } else {
                words.add(jobId.id());
            }
        }
        arrays.forEach((job, tasks) -> words.add("'" + job + "_[" + ranges(tasks) + "]'"));
        return words;
    }

    /** Returns numbers in the form {@code 0-4,7}. */
    static String ranges(SortedSet<Integer> numbers) {
        List<String> ranges = new ArrayList<>();
        int first = -1;
        int last = -1;
        for (int number : numbers) {
            if (first >= 0 && number == last + 1) {
                last = number;
                continue;
            }
            addRange(ranges, first, last);
            first = number;
            last = number;
        }
        addRange(ranges, first, last);
        return String.join(",", ranges);
    }

    private static void addRange(List<String> ranges, int first, int last) {
        if (first >= 0) {
            ranges.add(first == last ? Integer.toString(first) : first + "-" + last);
        }
    }

    private static String clusterOption(Optional<String> cluster) {
        return cluster.map(name -> " -M " + ShellText.quote(name)).orElse("");
    }
}
