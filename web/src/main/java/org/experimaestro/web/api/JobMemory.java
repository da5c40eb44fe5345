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
import org.jspecify.annotations.Nullable;

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
     * @param make makes the value; it is called again if it fails, and by each of several threads that need it at once
     */
    V get(JobView job, Instant now, Supplier<V> make) {
        // Files are looked at without the lock: one slow folder keeps no other job's answer waiting.
        List<Optional<FileStamp>> stamps = List.of(
                stamp(job.folder().internalFolder()),
                stamp(Notes.of(job.folder()).folder()));
        Known<V> known = known(job);
        if (known != null
                && known.job() == job
                && known.stamps().equals(stamps)
                && known.at().plus(age).isAfter(now)) {
            return known.value();
        }
        Known<V> made = new Known<>(job, stamps, now, make.get());
        keep(made);
        return made.value();
    }

    private synchronized @Nullable Known<V> known(JobView job) {
        return values.get(job.name());
    }

    private synchronized void keep(Known<V> made) {
        values.put(made.job().name(), made);
        if (values.size() > most) {
            values.remove(values.keySet().iterator().next());
        }
    }

    private static Optional<FileStamp> stamp(Path folder) {
        try {
            return Optional.of(FileStamp.look(folder, LinkOption.NOFOLLOW_LINKS));
        } catch (IOException missing) {
            return Optional.empty(); // a job that waits has no folder, and most have no notes
        }
    }
}
