package org.experimaestro.monitor.log;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.WorkspaceException;
import org.experimaestro.workspace.Failures;
import org.experimaestro.workspace.LogFile;

/** The metrics of one attempt, read from the end of the part of its events that is known. Thread-safe. */
public final class MetricTail {
    private static final int PIECE = 256 * 1024;
    /** The longest event. Of a longer one, nothing is read. */
    private static final int LONGEST_LINE = 16 << 20;

    private final Path events;
    private final Map<String, ReducedLine> lines = new LinkedHashMap<>();
    /** The position in the file behind the last whole line. */
    private long end;

    MetricTail(Path events) {
        this.events = events;
    }

    /**
     * Reads the events that were added since the last call. A file that is shorter than its known part was replaced, and
     * is read from its beginning.
     *
     * @throws WorkspaceException if the file cannot be read
     */
    synchronized void refresh() {
        try (SeekableByteChannel channel = LogFile.openRegular(events)) {
            long size = channel.size();
            if (size < end) {
                lines.clear();
                end = 0;
            }
            if (size > end) {
                read(channel.position(end), size);
            }
        } catch (NoSuchFileException none) {
            lines.clear();
            end = 0;
        } catch (IOException failed) {
            throw WorkspaceException.of("Cannot read the metrics of a job: " + Failures.reason(failed))
                    .at(events.toString())
                    .cause(failed)
                    .build();
        }
    }

    private void read(SeekableByteChannel channel, long size) throws IOException {
        ByteBuffer piece = ByteBuffer.allocate(PIECE);
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        long position = end;
        boolean isTooLong = false;
        while (position < size && channel.read(piece.clear()) > 0) {
            byte[] bytes = piece.array();
            int start = 0;
            for (int i = 0; i < piece.position(); i++) {
                if (bytes[i] == '\n') {
                    line.write(bytes, start, i - start);
                    if (!isTooLong) {
                        MetricEvent.find(line.toByteArray()).ifPresent(this::add);
                    }
                    line.reset();
                    isTooLong = false;
                    start = i + 1;
                    end = position + start;
                }
            }
            line.write(bytes, start, piece.position() - start);
            if (line.size() > LONGEST_LINE) {
                isTooLong = true;
                line.reset();
            }
            position += piece.position();
        }
    }

    private void add(MetricEvent event) {
        lines.computeIfAbsent(event.metric(), name -> new ReducedLine()).add(event.point());
    }

    /**
     * Returns the metrics.
     *
     * @return their names, in the order of their first value
     */
    public synchronized List<String> metrics() {
        return List.copyOf(lines.keySet());
    }

    /**
     * Finds the values of a metric.
     *
     * @param metric the metric's name
     * @return the values so far; empty if there is none
     */
    public synchronized Optional<Values> find(String metric) {
        return Optional.ofNullable(lines.get(metric))
                .map(line -> new Values(line.points(), line.isReduced(), line.hasSteps()));
    }

    /**
     * The values of a metric at one time. Immutable.
     *
     * @param points at most 2,000 points, in the order in which the task recorded them
     * @param isReduced whether points are left out
     * @param hasSteps whether each value has a step
     */
    public record Values(List<MetricPoint> points, boolean isReduced, boolean hasSteps) {
        /** Copies the list. */
        public Values {
            points = List.copyOf(points);
        }
    }

    /** Returns a number that grows with the memory that this needs. */
    synchronized int weight() {
        return 1 + lines.values().stream().mapToInt(ReducedLine::weight).sum();
    }
}
