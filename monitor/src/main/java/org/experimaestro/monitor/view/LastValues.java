package org.experimaestro.monitor.view;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.experimaestro.WorkspaceException;
import org.experimaestro.monitor.log.Progress;
import org.experimaestro.monitor.log.ProgressReader;
import org.experimaestro.workspace.JobFolder;
import org.jspecify.annotations.Nullable;

/**
 * The last values that an attempt without a result has recorded: its progress, and the last value of each metric. They
 * are read at their first use, because files of metrics may be long. Thread-safe.
 */
final class LastValues {
    /** The values of a job without an attempt. */
    static final LastValues NONE = new LastValues(() -> Content.NONE);

    private final Supplier<Content> reader;
    private @Nullable Content content;

    /**
     * The values that were read.
     *
     * @param progress the last progress of each level
     * @param metrics the last value of each metric
     * @param problem the reason why they cannot be read; may be empty
     */
    private record Content(List<Progress> progress, Map<String, Double> metrics, String problem) {
        static final Content NONE = new Content(List.of(), Map.of(), "");
    }

    private LastValues(Supplier<Content> reader) {
        this.reader = reader;
    }

    static LastValues of(JobFolder job, int attempt) {
        return new LastValues(() -> read(job, attempt));
    }

    private static Content read(JobFolder job, int attempt) {
        try {
            return new Content(ProgressReader.read(job.events(attempt)), job.metricsSoFar(attempt), "");
        } catch (WorkspaceException unreadable) {
            return new Content(List.of(), Map.of(), String.valueOf(unreadable.getMessage()));
        }
    }

    private synchronized Content content() {
        Content known = content;
        if (known == null) {
            known = reader.get();
            content = known;
        }
        return known;
    }

    List<Progress> progress() {
        return content().progress();
    }

    Map<String, Double> metrics() {
        return content().metrics();
    }

    String problem() {
        return content().problem();
    }
}
