package org.experimaestro.web.api;

import java.io.IOException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.experimaestro.core.file.FileStamp;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.workspace.Notes;

/**
 * Values that are made from the files of jobs, and that answers need again whenever anything in the workspace changes. A value
 * is made again when its job, the folder of our own files or that of its notes has changed, and after some time, because a task writes files that
 * no index looks at. The least recently used values are forgotten. Thread-safe.
 *
 * @param <V> the type of the values
 */
final class JobMemory<V> {
    private final int most;
    private final Duration age;
    private final Map<String, Known<V>> values = new LinkedHashMap<>(16, 0.75f, true);

    private record Known<V>(JobView job, List<Optional<FileStamp>> stamps, Instant at, V value) {}

    /**
     * Creates a memory.
     *
     * @param most the largest number of values that are kept
     * @param age the time after which a value is made again
     */
    JobMemory(int most, Duration age) {
        this.most = most;
        this.age = age;
    }

    /**
     * Returns the value of a job.
     *
     * @param job the job, the same object until it changes
     * @param now the time of the answer
     * @param make makes the value; it is called again if it fails
     */
    synchronized V get(JobView job, Instant now, Supplier<V> make) {
        List<Optional<FileStamp>> stamps = List.of(
                stamp(job.folder().internalFolder()),
                stamp(Notes.of(job.folder()).folder()));
        Known<V> known = values.get(job.name());
        boolean isCurrent = known != null
                && known.job() == job
                && known.stamps().equals(stamps)
                && known.at().plus(age).isAfter(now);
        if (known == null || !isCurrent) {
            known = new Known<>(job, stamps, now, make.get());
            values.put(job.name(), known);
            if (values.size() > most) {
                values.remove(values.keySet().iterator().next());
            }
        }
        return known.value();
    }

    private static Optional<FileStamp> stamp(Path folder) {
        try {
            return Optional.of(FileStamp.look(folder, LinkOption.NOFOLLOW_LINKS));
        } catch (IOException missing) {
            return Optional.empty(); // a job that waits has no folder, and most have no notes
        }
    }
}
