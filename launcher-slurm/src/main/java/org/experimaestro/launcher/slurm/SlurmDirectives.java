package org.experimaestro.launcher.slurm;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.experimaestro.spi.Batch;
import org.experimaestro.spi.Resources;

/** A converter from a batch to options of sbatch(1), one per line, as they follow {@code #SBATCH}. */
final class SlurmDirectives {
    /** The options that do not simply become a line, or have a form of their own. */
    private static final Set<SlurmOption> SPECIAL = EnumSet.of(
            SlurmOption.PARTITION,
            SlurmOption.CONSTRAINT,
            SlurmOption.NODES,
            SlurmOption.NTASKS,
            SlurmOption.GRES,
            SlurmOption.MEM,
            SlurmOption.CPUS_PER_TASK,
            SlurmOption.TIME,
            SlurmOption.ARRAY_LIMIT,
            SlurmOption.REQUEUE,
            SlurmOption.BIN,
            SlurmOption.SRUN,
            SlurmOption.MAX_ARRAY);

    private static final long MEBIBYTE = 1L << 20;

    /** The characters that sbatch's reader of lines interprets: quotes, backslashes and comments. */
    private static final Pattern NEEDS_QUOTES = Pattern.compile("[\\s\"'\\\\#]|^$");

    private static final Pattern ACCELERATOR = Pattern.compile("(?:^|,)(?:gres[:/])?gpu(?=$|[:=,])");
    private static final Pattern HAS_ALTERNATIVES = Pattern.compile("[|\\[]");

    private final Batch batch;

    /** The options that the user's own directives set. */
    private final Set<String> own;

    private final List<String> lines = new ArrayList<>();

    private SlurmDirectives(Batch batch) {
        this.batch = batch;
        this.own = batch.placement().directives().stream()
                .flatMap(directive -> DirectiveOptions.names(directive).stream())
                .collect(Collectors.toSet());
    }

    /** Returns the directives of a batch, without {@code #SBATCH}. */
    static List<String> of(Batch batch) {
        var directives = new SlurmDirectives(batch);
        directives.addJob();
        directives.addPlace();
        directives.addResources();
        directives.addPlainOptions();
        directives.addDependencies();
        // They come late, because the last line of an option wins; but the name comes later, because jobs to be
        // cancelled are recognized by it.
        batch.placement().directives().forEach(directive -> directives.lines.add(DirectiveOptions.text(directive)));
        directives.add("--job-name", batch.name());
        return List.copyOf(directives.lines);
    }

    private void addJob() {
        if (batch.size() > 1) {
            String limit =
                    option(SlurmOption.ARRAY_LIMIT).map(number -> "%" + number).orElse("");
            add("--array", "0-" + (batch.size() - 1) + limit);
        }
        // %a is the number in the array; a percent sign of the path itself is doubled.
        add("--output", batch.log().replace("%", "%%") + (batch.size() > 1 ? "-%a.log" : "-0.log"));
        lines.add("--open-mode=append");
        // The default is the folder in which sbatch is called, which the node may not have.
        int end = batch.log().lastIndexOf('/');
        add("--chdir", end > 0 ? batch.log().substring(0, end) : "/");
        if (!batch.passed().isEmpty()) {
            // This also helps if a site's SBATCH_EXPORT keeps the environment of sbatch from jobs.
            lines.add("--export=ALL");
        }
    }

    private void addPlace() {
        batch.placement()
                .partition()
                .or(() -> option(SlurmOption.PARTITION))
                .ifPresent(partition -> add(SlurmOption.PARTITION.flag(), partition));
        constraint().ifPresent(constraint -> add(SlurmOption.CONSTRAINT.flag(), constraint));
        if (batch.placement().resources().exclusive()) {
            lines.add("--exclusive");
        }
    }

    private Optional<String> constraint() {
        String features = String.join("&", batch.placement().resources().features());
        Optional<String> own = option(SlurmOption.CONSTRAINT);
        if (features.isEmpty() || own.isEmpty()) {
            return own.or(() -> features.isEmpty() ? Optional.empty() : Optional.of(features));
        }
        String text = own.get();
        return Optional.of((HAS_ALTERNATIVES.matcher(text).find() ? "(" + text + ")" : text) + "&" + features);
    }

    private void addResources() {
        Resources resources = batch.placement().resources();
        addNodes();
        option(SlurmOption.CPUS_PER_TASK)
                .or(() -> resources.cores() > 0 ? Optional.of(Integer.toString(resources.cores())) : Optional.empty())
                .ifPresent(cores -> add(SlurmOption.CPUS_PER_TASK.flag(), cores));
        option(SlurmOption.MEM).or(this::memory).ifPresent(memory -> add(SlurmOption.MEM.flag(), memory));
        option(SlurmOption.TIME)
                .or(() -> resources.duration().map(SlurmDirectives::time))
                .ifPresent(time -> add(SlurmOption.TIME.flag(), time));
        addGenericResources();
    }

    /**
     * Adds the numbers of nodes and processes. A job has one of each unless an option or a directive says otherwise.
     * Slurm gives no more nodes than processes, so a number of nodes stands alone: then Slurm starts one process on
     * each.
     */
    private void addNodes() {
        if (!own.contains("nodes")) {
            add(SlurmOption.NODES.flag(), option(SlurmOption.NODES).orElse("1"));
        }
        boolean hasNodes =
                own.contains("nodes") || !option(SlurmOption.NODES).orElse("1").matches("0*1");
        boolean hasTasks =
                isSet(SlurmOption.NTASKS_PER_NODE) || own.contains("ntasks") || own.contains("ntasks-per-node");
        option(SlurmOption.NTASKS)
                .or(() -> hasNodes || hasTasks ? Optional.empty() : Optional.of("1"))
                .ifPresent(tasks -> add(SlurmOption.NTASKS.flag(), tasks));
    }

    private Optional<String> memory() {
        long bytes = batch.placement().resources().memory();
        boolean said = isSet(SlurmOption.MEM_PER_CPU) || isSet(SlurmOption.MEM_PER_GPU);
        // Slurm counts in units of 1024, so its M is a mebibyte. Zero would mean the whole node.
        return bytes == 0 || said ? Optional.empty() : Optional.of(Math.max(1, Math.ceilDiv(bytes, MEBIBYTE)) + "M");
    }

    /** Returns days, hours, minutes and seconds, rounded up to a full minute, because Slurm counts minutes. */
    static String time(Duration duration) {
        Duration minutes = Duration.ofMinutes(Math.max(1, Math.ceilDiv(duration.toMillis(), 60_000L)));
        return "%d-%02d:%02d:00".formatted(minutes.toDays(), minutes.toHoursPart(), minutes.toMinutesPart());
    }

    private void addGenericResources() {
        List<String> all = new ArrayList<>();
        Optional<String> own = option(SlurmOption.GRES);
        own.ifPresent(all::add);
        boolean said = isSet(SlurmOption.GPUS)
                || isSet(SlurmOption.GPUS_PER_NODE)
                || own.map(ACCELERATOR::matcher)
                        .filter(matcher -> matcher.find())
                        .isPresent();
        if (!said) {
            for (Map.Entry<String, Integer> each :
                    batch.placement().resources().accelerators().entrySet()) {
                all.add(resource(each.getKey()) + each.getValue());
            }
        }
        if (!all.isEmpty()) {
            add(SlurmOption.GRES.flag(), String.join(",", all));
        }
    }

    /**
     * Returns the resource before the count of accelerators. A name with a colon has the resource, {@code tpu:v4};
     * others are types of gpu.
     */
    static String resource(String name) {
        if (name.isEmpty()) {
            return "gpu:";
        }
        String whole = name.indexOf(':') < 0 ? "gpu:" + name : name;
        return whole.endsWith(":") ? whole : whole + ":";
    }

    private void addPlainOptions() {
        for (SlurmOption option : SlurmOption.values()) {
            if (!SPECIAL.contains(option)) {
                option(option).ifPresent(value -> add(option.flag(), value));
            }
        }
        option(SlurmOption.REQUEUE)
                .ifPresent(value -> lines.add(Boolean.parseBoolean(value) ? "--requeue" : "--no-requeue"));
    }

    private void addDependencies() {
        if (!batch.after().isEmpty()) {
            String ids = batch.after().stream()
                    .map(jobId -> SlurmJobId.of(jobId).id())
                    .collect(Collectors.joining(":"));
            add("--dependency", "afterok:" + ids);
            lines.add("--kill-on-invalid-dep=yes");
        }
    }

    private void add(String flag, String value) {
        lines.add(flag + "=" + quote(value));
    }

    /** Returns a value for sbatch's reader of {@code #SBATCH} lines: a backslash escapes, even within quotes. */
    static String quote(String value) {
        return NEEDS_QUOTES.matcher(value).find()
                ? "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\""
                : value;
    }

    private boolean isSet(SlurmOption option) {
        return option(option).isPresent();
    }

    private Optional<String> option(SlurmOption option) {
        return batch.option(option.key());
    }
}
