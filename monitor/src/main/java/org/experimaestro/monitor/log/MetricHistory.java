package org.experimaestro.monitor.log;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.experimaestro.WorkspaceException;
import org.experimaestro.base.file.BoundedLines;
import org.experimaestro.workspace.Failures;

/** A reader of all metric values of an attempt. */
public final class MetricHistory {
    /** The longest event: 16 MiB. */
    private static final int LONGEST_LINE = 16 << 20;

    private MetricHistory() {}

    /**
     * Reads the values over time. Damaged lines, and the values of units, are left out.
     *
     * @param events a file of JSON lines, which may be missing
     * @return the values of each metric in the order in which the task recorded them; the metrics are in the order
     *     of their first value
     * @throws WorkspaceException if the file cannot be read
     */
    public static Map<String, List<MetricPoint>> read(Path events) {
        Map<String, List<MetricPoint>> history = new LinkedHashMap<>();
        try (BoundedLines lines = BoundedLines.open(events, LONGEST_LINE)) {
            for (byte[] line = lines.next(); line != null; line = lines.next()) {
                MetricEvent.find(line)
                        .ifPresent(event -> history.computeIfAbsent(event.metric(), name -> new ArrayList<>())
                                .add(event.point()));
            }
        } catch (NoSuchFileException none) {
            return Map.of();
        } catch (IOException failed) {
            throw WorkspaceException.of("Cannot read the metrics of a job: " + Failures.reason(failed))
                    .at(events.toString())
                    .cause(failed)
                    .build();
        }
        history.replaceAll((name, points) -> Collections.unmodifiableList(points));
        return Collections.unmodifiableMap(history);
    }
}
