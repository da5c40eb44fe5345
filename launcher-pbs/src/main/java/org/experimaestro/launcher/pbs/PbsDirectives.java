package org.experimaestro.launcher.pbs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.experimaestro.spi.Batch;
import org.experimaestro.spi.Resources;

/** A converter from a batch to options of qsub(1B), one per line, as they follow {@code #PBS}. */
final class PbsDirectives {
    private static final long MEBIBYTE = 1L << 20;
    private static final int NAME_LENGTH = 236;

    private final Batch batch;
    private final List<String> lines = new ArrayList<>();

    private PbsDirectives(Batch batch) {
        this.batch = batch;
    }

    /** Returns the directives of a batch, without {@code #PBS}. */
    static List<String> of(Batch batch) {
        var directives = new PbsDirectives(batch);
        directives.addJob();
        directives.addResources();
        directives.addPlainOptions();
        directives.addDependencies();
        batch.placement().directives().forEach(directive -> directives.lines.add(text(directive)));
        // It comes last, because the last line of an option wins, and jobs to be cancelled are recognized by their
        // name.
        directives.lines.add("-N " + name(batch.name()));
        return List.copyOf(directives.lines);
    }

    /** Returns the part of a launcher's directive after {@code #PBS}, which users may write or leave out. */
    static String text(String directive) {
        return directive.strip().replaceFirst("^#PBS\\s+", "");
    }

    /**
     * Returns the options that a directive sets; a line may have several.
     *
     * @return as in {@code -q}, and with each resource of {@code -l}, as in {@code -l walltime}
     */
    static Set<String> names(String directive) {
        Set<String> names = new LinkedHashSet<>();
        for (String part : text(directive).split("(^|\\s+)(?=-[A-Za-z])")) {
            if (part.startsWith("-l")) {
                for (String resource : part.substring(2).strip().split(",")) {
                    names.add("-l " + resource.split("=", 2)[0].strip());
                }
            } else if (part.length() > 1) {
                names.add(part.substring(0, 2));
            }
        }
        return names;
    }

    /** Returns the name of jobs in PBS. */
    static String name(String name) {
        // A letter or digit must come first: qsub(1B), -N.
        String rest = name.replaceFirst("^[^A-Za-z0-9]+", "");
        return rest.length() > NAME_LENGTH ? rest.substring(0, NAME_LENGTH) : rest;
    }

    private void addJob() {
        lines.add("-S /bin/sh");
        if (batch.size() > 1) {
            String limit =
                    option(PbsOption.ARRAY_LIMIT).map(number -> "%" + number).orElse("");
            lines.add("-J 0-" + (batch.size() - 1) + limit);
        }
        // The script writes its log itself, because paths of -o may have no colons, and are copied only at the end.
        lines.add("-j oe");
        lines.add("-o /dev/null");
        batch.placement().partition().or(() -> option(PbsOption.QUEUE)).ifPresent(queue -> lines.add("-q " + queue));
    }

    private void addResources() {
        Resources resources = batch.placement().resources();
        lines.add("-l select=" + option(PbsOption.SELECT).orElseGet(this::chunk));
        option(PbsOption.PLACE)
                .or(() -> resources.exclusive() ? Optional.of("exclhost") : Optional.empty())
                .ifPresent(place -> lines.add("-l place=" + place));
        option(PbsOption.WALLTIME)
                .or(() -> resources.duration().map(PbsDirectives::time))
                .ifPresent(time -> lines.add("-l walltime=" + time));
    }

    private String chunk() {
        Resources resources = batch.placement().resources();
        StringBuilder chunk = new StringBuilder("1:ncpus=").append(Math.max(1, resources.cores()));
        if (resources.memory() > 0) {
            // The unit mb is 1024 * 1024 bytes: pbs_resources(7B), "size".
            chunk.append(":mem=")
                    .append(Math.ceilDiv(resources.memory(), MEBIBYTE))
                    .append("mb");
        }
        if (resources.acceleratorCount() > 0) {
            chunk.append(':')
                    .append(option(PbsOption.GPU_RESOURCE).orElse(PbsOption.DEFAULT_GPU_RESOURCE))
                    .append('=')
                    .append(resources.acceleratorCount());
            option(PbsOption.GPU_TYPE_RESOURCE).ifPresent(resource -> chunk.append(models(resource)));
        }
        resources
                .features()
                .forEach(feature -> chunk.append(':').append(feature).append("=True"));
        return chunk.toString();
    }

    private String models(String resource) {
        return batch.placement().resources().accelerators().entrySet().stream()
                .filter(each -> !each.getKey().isEmpty() && each.getValue() > 0)
                .map(Map.Entry::getKey)
                .map(name -> ":" + resource + "=" + name)
                .collect(Collectors.joining());
    }

    /** Returns hours, minutes and seconds, rounded up to a full second. */
    static String time(Duration duration) {
        long seconds = Math.max(1, Math.ceilDiv(duration.toMillis(), 1000L));
        return "%02d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60);
    }

    private void addPlainOptions() {
        option(PbsOption.ACCOUNT).ifPresent(value -> lines.add("-A " + value));
        option(PbsOption.PROJECT).ifPresent(value -> lines.add("-P " + value));
        option(PbsOption.PRIORITY).ifPresent(value -> lines.add("-p " + value));
        option(PbsOption.MAIL_EVENTS).ifPresent(value -> lines.add("-m " + value));
        option(PbsOption.MAIL_USERS).ifPresent(value -> lines.add("-M " + value));
        option(PbsOption.RERUNNABLE).ifPresent(value -> lines.add("-r " + (Boolean.parseBoolean(value) ? "y" : "n")));
    }

    /**
     * Adds the dependencies. A dependency on a job of an array becomes one on the whole array, because PBS has no
     * other.
     */
    private void addDependencies() {
        if (!batch.after().isEmpty()) {
            lines.add("-W depend=afterok:"
                    + batch.after().stream()
                            .map(jobId -> PbsJobId.of(jobId).whole().toString())
                            .distinct()
                            .collect(Collectors.joining(":")));
        }
    }

    private Optional<String> option(PbsOption option) {
        return batch.option(option.key());
    }
}
