package org.experimaestro.engine;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.experimaestro.ConfigException;
import org.experimaestro.ConfigId;
import org.experimaestro.WorkspaceException;
import org.experimaestro.core.serial.ChangedDefault;
import org.experimaestro.core.serial.FirstDefaults;
import org.experimaestro.core.serial.NewerFormat;
import org.experimaestro.core.serial.StoredTask;
import org.experimaestro.generated.TypeDescriptor;
import org.experimaestro.model.ConfigNode;
import org.experimaestro.model.Producer;
import org.experimaestro.workspace.Failures;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.Workspace;
import org.jspecify.annotations.Nullable;

/**
 * A check that an existing job has the values for which its identifier stands today. Without the check, a changed
 * default would put old results under the identifier of new ones. Thread-safe.
 *
 * <p>A run has few sets of first defaults, so a job costs the comparison of two digests. If they differ, the defaults
 * are compared, once for each pair of digests. Only if a default has changed are the values of each job compared.
 */
final class DefaultsCheck {
    private final Workspace workspace;
    private final Map<Set<TypeDescriptor<?>>, FirstDefaults> known = new HashMap<>();
    private final Set<List<String>> agreeing = new HashSet<>();
    private final Set<List<String>> differing = new HashSet<>();
    private final Set<ConfigId> unchanged = new HashSet<>();

    DefaultsCheck(Workspace workspace) {
        this.workspace = workspace;
    }

    /** Returns the first defaults of all types that a task reaches. */
    synchronized FirstDefaults firstDefaults(ConfigNode<?> task) {
        return known.computeIfAbsent(task.types(), FirstDefaults::of);
    }

    /**
     * Compares a job with today's task.
     *
     * @return the changes; empty for a job without an attempt, and for one that cannot be read
     * @throws WorkspaceException if a newer version has written the job's parameters; all commands call the job corrupt
     *     then
     */
    synchronized Set<ChangedDefault> changes(ConfigNode<?> task, JobFolder folder, JobStatus found) {
        NewerFormat.find(folder.parametersFile()).ifPresent(reason -> {
            throw WorkspaceException.of(reason).build();
        });
        String today = firstDefaults(task).digest();
        if (found instanceof JobStatus.New
                || found instanceof JobStatus.Corrupt
                || found.findDone()
                        .filter(done -> isAgreed(done.defaults(), today))
                        .isPresent()) {
            return Set.of();
        }
        Optional<StoredTask> stored = find(folder);
        if (stored.isEmpty() || agrees(stored.get(), task, today)) {
            return Set.of();
        }
        return changes(task, stored.get());
    }

    private boolean isAgreed(@Nullable String digest, String today) {
        return digest != null && (digest.equals(today) || agreeing.contains(List.of(digest, today)));
    }

    private boolean agrees(StoredTask stored, ConfigNode<?> task, String today) {
        String digest = stored.digest();
        if (digest == null || isAgreed(digest, today)) {
            return digest != null;
        }
        List<String> both = List.of(digest, today);
        if (differing.contains(both)) {
            return false;
        }
        boolean agree = stored.changedDefaults(task.types()).isEmpty();
        (agree ? agreeing : differing).add(both);
        return agree;
    }

    /** Returns the changes in the task, and in the tasks whose outputs it uses. */
    private Set<ChangedDefault> changes(ConfigNode<?> task, StoredTask ofTask) {
        Set<ChangedDefault> all = new LinkedHashSet<>();
        Deque<ConfigNode<?>> open = new ArrayDeque<>(List.of(task));
        Set<ConfigId> seen = new HashSet<>();
        while (!open.isEmpty()) {
            ConfigNode<?> next = open.remove();
            if (!seen.add(next.id()) || next != task && unchanged.contains(next.id())) {
                continue;
            }
            Optional<StoredTask> stored =
                    next == task ? Optional.of(ofTask) : find(workspace.job(next.type(), next.id()));
            // If the folder of a task is gone, only its defaults are known, from the jobs that use its output.
            all.addAll(stored.isPresent() ? stored.get().changedValues(next) : ofTask.changedDefaults(next.types()));
            for (ConfigNode<?> part : StoredTask.partsOf(next)) {
                Producer producer = part.producer();
                if (producer != null && producer.task() != null) {
                    open.add(producer.task());
                }
            }
        }
        if (all.isEmpty()) {
            unchanged.addAll(seen);
        }
        return all;
    }

    /**
     * Returns a job's stored task; empty for a job that another run is starting, and for one that is not done and will
     * be written anew.
     */
    private static Optional<StoredTask> find(JobFolder folder) {
        try {
            return Optional.of(StoredTask.read(folder.parametersFile()));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (ConfigException damaged) {
            return unreadable(folder, String.valueOf(damaged.getMessage()), damaged);
        } catch (IOException failed) {
            return unreadable(folder, Failures.reason(failed), failed);
        }
    }

    private static Optional<StoredTask> unreadable(JobFolder folder, String reason, Exception cause) {
        if (folder.status().findDone().isEmpty()) {
            return Optional.empty();
        }
        throw WorkspaceException.of("Cannot tell whether the defaults of the job " + folder
                        + ", which is done, have changed: " + reason)
                .advice("bring the file back, or move the job's folder away to run the job again")
                .cause(cause)
                .build();
    }
}
