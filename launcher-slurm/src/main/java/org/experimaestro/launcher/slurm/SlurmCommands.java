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
 * The shell scripts that call Slurm's commands.
 *
 * @param bin the folder of the commands, empty to search the PATH
 */
record SlurmCommands(Optional<String> bin) {
    /** More jobs than this are not listed: all jobs of the user are asked for. A single argument is limited to 128 KiB. */
    private static final int LISTED = 1000;

    /** How long before the first submission sacct looks: clocks differ. */
    private static final long CLOCK_MARGIN_SECONDS = 24 * 60 * 60;

    /** Filters of squeue that options do not override. */
    private static final String NO_FILTERS =
            "unset SQUEUE_ACCOUNT SQUEUE_LICENSES SQUEUE_NAMES SQUEUE_PARTITION SQUEUE_QOS SQUEUE_USERS SQUEUE_FORMAT";

    /**
     * A plan that itself runs in a job would hand the variables of its job on, and they say whose task it is, and how much
     * memory to ask for.
     */
    private static final String NO_OUTER_JOB = """
            if [ -n "${SLURM_JOB_ID-}" ]; then
              for name in $(env | sed -n 's/^\\(SLURM_[A-Z0-9_]*\\)=.*/\\1/p'); do
                case $name in SLURM_CONF|SLURM_CLUSTERS|SLURM_JWT) ;; *) unset "$name" ;; esac
              done
            fi
            """;

    /** A command, as a word of a script. */
    String command(String name) {
        return bin.map(folder -> ShellText.quote(folder + "/" + name)).orElse(name);
    }

    /** Gives a script to Slurm. Its options are in the script, where variables of the environment would override them. */
    String submit(String script) {
        String delimiter = "EXPERIMAESTRO_SCRIPT_END";
        List<String> lines = script.lines().toList();
        for (int number = 1; lines.contains(delimiter); number++) {
            delimiter = "EXPERIMAESTRO_SCRIPT_END_" + number;
        }
        return NO_OUTER_JOB + "unset " + String.join(" ", overriding(lines)) + "\n" + command("sbatch")
                + " --parsable <<'" + delimiter + "'\n" + script + delimiter + "\n";
    }

    /** The variables (sbatch(1), "INPUT ENVIRONMENT VARIABLES") that would win over lines of the script, or block. */
    private static SortedSet<String> overriding(List<String> lines) {
        SortedSet<String> names = new TreeSet<>(List.of("SBATCH_WAIT", "SBATCH_INPUT", "SBATCH_ERROR"));
        for (String line : lines) {
            if (line.startsWith("#SBATCH --")) {
                String option = line.substring("#SBATCH --".length()).split("[=\\s]", 2)[0];
                switch (option) {
                    case "array" -> names.add("SBATCH_ARRAY_INX");
                    case "time" -> names.add("SBATCH_TIMELIMIT");
                    case "mem", "mem-per-cpu", "mem-per-gpu" ->
                        names.addAll(List.of("SBATCH_MEM_PER_NODE", "SBATCH_MEM_PER_CPU", "SBATCH_MEM_PER_GPU"));
                    case "requeue", "no-requeue" -> names.addAll(List.of("SBATCH_REQUEUE", "SBATCH_NO_REQUEUE"));
                    default -> {
                        if (option.matches("[a-z-]+")) {
                            names.add(
                                    "SBATCH_" + option.toUpperCase(Locale.ROOT).replace('-', '_'));
                        }
                    }
                }
            }
        }
        return names;
    }

    /** Asks the controller. {@code -r}: a line for each task of an array. */
    String queue(Optional<String> cluster, Collection<SlurmHandle> handles) {
        return NO_FILTERS + "\n" + command("squeue") + clusterOption(cluster) + " -h -r -t all -O '"
                + SqueueReader.FORMAT + "'" + selection(handles) + "\n";
    }

    /** Asks the accounting. The time is counted back from that host's own clock, which has a zone of its own. */
    String accounting(Optional<String> cluster, Collection<SlurmHandle> handles, Instant since) {
        return "unset SACCT_FEDERATION SACCT_LOCAL\nSLURM_BITSTR_LEN=0 " + command("sacct") + clusterOption(cluster)
                + " -nXP -o " + SacctReader.FORMAT + " -S now-$(( $(date +%s) - "
                + (since.getEpochSecond() - CLOCK_MARGIN_SECONDS) + " ))" + selection(handles) + "\n";
    }

    private static String selection(Collection<SlurmHandle> handles) {
        SortedSet<Long> jobs = handles.stream().map(SlurmHandle::job).collect(Collectors.toCollection(TreeSet::new));
        return jobs.size() > LISTED
                ? " -u \"$(id -un)\""
                : " -j " + jobs.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    /** Cancels jobs: a line for each cluster, and a word for each array. */
    String cancel(Collection<SlurmHandle> handles) {
        Map<String, List<SlurmHandle>> clusters = new TreeMap<>();
        for (SlurmHandle handle : handles) {
            clusters.computeIfAbsent(handle.cluster().orElse(""), key -> new ArrayList<>())
                    .add(handle);
        }
        List<String> lines = new ArrayList<>(List.of(
                "unset SCANCEL_ACCOUNT SCANCEL_NAME SCANCEL_PARTITION SCANCEL_QOS"
                        + " SCANCEL_STATE SCANCEL_USER SCANCEL_WCKEY SCANCEL_INTERACTIVE",
                "code=0"));
        clusters.forEach((cluster, jobs) -> lines.add(command("scancel")
                + clusterOption(Optional.of(cluster).filter(name -> !name.isEmpty())) + " "
                + String.join(" ", words(jobs)) + " || code=$?"));
        lines.add("exit $code");
        return String.join("\n", lines) + "\n";
    }

    private static List<String> words(List<SlurmHandle> handles) {
        List<String> words = new ArrayList<>();
        Map<Long, SortedSet<Integer>> arrays = new TreeMap<>();
        for (SlurmHandle handle : handles) {
            if (handle.task().isPresent()) {
                arrays.computeIfAbsent(handle.job(), key -> new TreeSet<>())
                        .add(handle.task().getAsInt());
            } else {
                words.add(handle.id());
            }
        }
        arrays.forEach((job, tasks) -> words.add("'" + job + "_[" + ranges(tasks) + "]'"));
        return words;
    }

    /** Numbers as {@code 0-4,7}. */
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
