package org.experimaestro.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
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
import org.experimaestro.base.process.PlanLine;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.core.serial.FormerNames;
import org.experimaestro.core.serial.FormerParameters;
import org.experimaestro.core.serial.FormerShapes;
import org.experimaestro.generated.TypeDescriptor;
import org.experimaestro.model.ConfigNode;
import org.experimaestro.model.SharedFolder;
import org.experimaestro.workspace.Failures;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.Workspace;
import org.jspecify.annotations.Nullable;

/**
 * A search for the results that jobs have under former names of their types and parameters, or in former shapes.
 *
 * <p>The parameters of the done jobs of a type, and of its former type ids, are read once by the classes of today, and
 * give the identifiers of today. So any mixture of old and new names is found, at any depth, and through the tasks whose
 * results a job uses. A task that reaches no type with former names costs one look at its types. Confined to one thread
 * at a time.
 */
final class FormerJobs {
    private final Workspace workspace;
    private final RunListener listener;
    private final boolean isWriting;
    private @Nullable FormerNames names;
    private final Map<Set<TypeDescriptor<?>>, Boolean> concerned = new HashMap<>();
    private final Set<String> scanned = new HashSet<>();
    private final Map<String, JobFolder> byCurrentName = new HashMap<>();
    private final Map<String, String> currentNames = new HashMap<>();
    private final Map<String, String> lost = new HashMap<>();
    private final Set<String> told = new HashSet<>();
    /** The deleted job that a job uses, at whatever distance: nothing tells what the name of that one is today. */
    private final Map<String, String> deletedUses = new HashMap<>();

    /**
     * Creates a search.
     *
     * @param workspace the workspace with the jobs
     * @param listener is told of results that are found, and of those that are of no use any longer
     * @param isWriting whether a job's folder is to refer to a result that is found; otherwise nothing is written
     */
    FormerJobs(Workspace workspace, RunListener listener, boolean isWriting) {
        this.workspace = workspace;
        this.listener = listener;
        this.isWriting = isWriting;
    }

    /**
     * Returns whether types have former names or shapes, or had parameters with other names.
     *
     * @param types all types that a task reaches
     * @return false if results under former names need not be looked for
     */
    boolean concerns(Set<TypeDescriptor<?>> types) {
        return concerned.computeIfAbsent(types, FormerJobs::haveFormerNames);
    }

    private static boolean haveFormerNames(Set<TypeDescriptor<?>> types) {
        for (TypeDescriptor<?> type : types) {
            if (type.hasFormerNames() || FormerShapes.isTargetOf(type)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Finds the job that is done under former names.
     *
     * @param typeId the type id of its task, of today
     * @param id the identifier of its task, of today
     * @param types all types that are reached
     * @return the job; empty if there is none
     */
    private Optional<JobFolder> find(String typeId, ConfigId id, Set<TypeDescriptor<?>> types) {
        Collection<String> stored = typeIds(typeId, types);
        var _ = names(types); // new conversions may find what was read before
        for (String one : stored) {
            if (scanned.add(one)) {
                scan(one, !one.equals(typeId), stored, types);
            }
        }
        return Optional.ofNullable(byCurrentName.get(typeId + "/" + id));
    }

    /** Returns the type ids under which results of a type can be stored. */
    private static Collection<String> typeIds(String typeId, Set<TypeDescriptor<?>> types) {
        Set<String> ids = new LinkedHashSet<>(List.of(typeId));
        for (TypeDescriptor<?> type : types) {
            if (type.typeId().equals(typeId)) {
                ids.addAll(FormerShapes.typeIds(type));
            }
        }
        return ids;
    }

    private void scan(String typeId, boolean isFormer, Collection<String> all, Set<TypeDescriptor<?>> types) {
        for (JobFolder job : workspace.jobs(typeId)) {
            Optional<JobFolder> former = job.findFormer();
            if (former.isPresent()) {
                // Its result is found under the name that it was stored with.
                String first = former.get().typeId();
                if (isFormer && !all.contains(first)) {
                    tellLost(
                            job, "Its result is that of " + former.get() + ": write " + first + " in @FormerType, too");
                }
            } else if (!job.isMarkedAsDone()) {
                if (isFormer && !(job.status() instanceof JobStatus.Removed)) {
                    tellLost(job, "It is not done");
                }
            } else {
                String current = currentName(job.name(), types);
                if (!current.equals(job.name())) {
                    byCurrentName.merge(current, job, FormerJobs::later);
                }
                String deleted = deletedUses.get(job.name());
                if (deleted != null && !lost.containsKey(job.name())) {
                    tellLost(job, "It uses the result of " + deleted + ", which was deleted");
                }
            }
        }
    }

    private static JobFolder later(JobFolder one, JobFolder other) {
        return ended(other).isAfter(ended(one)) ? other : one;
    }

    private static Instant ended(JobFolder job) {
        return job.status() instanceof JobStatus.Done done ? done.ended() : Instant.MIN;
    }

    /**
     * Finds where the files of a task's job are. If the job has not begun, and is done under former names, its folder is
     * made to refer to the result.
     *
     * @param task the task
     * @param folder the job's folder
     * @return the folder, or that of the former job if nothing is written
     * @throws ConfigException if the folder refers to a result that is no longer that of the task
     * @throws WorkspaceException if the reference cannot be written
     */
    JobFolder locate(ConfigNode<?> task, JobFolder folder) {
        if (!concerns(task.types())) {
            return folder;
        }
        Optional<JobFolder> referred = folder.findFormer();
        if (referred.isPresent() && folder.status() instanceof JobStatus.Done) {
            requireSame(task, folder, referred.get());
            keep(folder, referred.get());
            listener.foundByFormerName(folder, referred.get());
            return folder;
        }
        return locate(folder, task.types()).orElse(folder);
    }

    /** Records again that the link is there: earlier versions have made it without that record. */
    private void keep(JobFolder folder, JobFolder former) {
        if (isWriting) {
            try {
                var _ = folder.referTo(former);
            } catch (IOException unwritable) {
                // This user may not write there, and those who may do not remove what they did not submit as transient.
            }
        }
    }

    /** Returns the folder of a job that is done under former names; empty if the job has begun, or is not done there. */
    private Optional<JobFolder> locate(JobFolder folder, Set<TypeDescriptor<?>> types) {
        // The result that a link leads to may be gone: such a job has not begun, either.
        boolean hasBegun = Files.exists(folder.path())
                && !(Files.isSymbolicLink(folder.path()) && folder.status() instanceof JobStatus.New);
        if (hasBegun) {
            return Optional.empty();
        }
        Optional<JobFolder> former = find(folder.typeId(), folder.id(), types);
        former.ifPresent(found -> listener.foundByFormerName(folder, found));
        if (former.isEmpty() || !isWriting) {
            return former;
        }
        try {
            folder.referTo(former.get()); // unless another run has just begun the job
            return Optional.of(folder);
        } catch (IOException failed) {
            throw WorkspaceException.of("Cannot use the result of " + former.get() + " for " + folder
                            + ", its name of today: " + Failures.reason(failed))
                    .at(folder.path().toString())
                    .advice("the result is unharmed; allow this user to write there, and run again")
                    .cause(failed)
                    .build();
        }
    }

    /**
     * Returns whether a job is done whose result a task uses.
     *
     * @param needed the job
     * @param types all types that the task reaches
     */
    boolean isDone(JobFolder needed, Set<TypeDescriptor<?>> types) {
        return needed.status() instanceof JobStatus.Done
                || concerns(types)
                        && locate(needed, types)
                                .filter(found -> found.status() instanceof JobStatus.Done)
                                .isPresent();
    }

    private void requireSame(ConfigNode<?> task, JobFolder folder, JobFolder former) {
        String current = currentName(folder.name(), task.types());
        String reason = lost.get(folder.name());
        if (reason == null && (current.equals(folder.name()) || deletedUses.containsKey(folder.name()))) {
            return; // what uses a deleted job was the same when it was found, and nothing tells more today
        }
        throw ConfigException.of("Cannot submit " + task + ": its result was found under the former name " + former
                        + ", but is another one today: "
                        + (reason != null ? reason : "its stored parameters are those of " + current))
                .at(PlanLine.current())
                .advice("undo that change of the code, or remove the link " + folder.path()
                        + ", so that the job runs; the result stays at " + former)
                .build();
    }

    /**
     * Returns the name that a job has today; its stored name if that is its name of today, or its result is lost. A loop
     * replaces recursion, because chains of jobs may be long.
     */
    private String currentName(String stored, Set<TypeDescriptor<?>> types) {
        FormerNames reader = names(types);
        Map<String, FormerParameters> read = new HashMap<>();
        Deque<String> open = new ArrayDeque<>(List.of(stored));
        while (!open.isEmpty()) {
            String job = open.getFirst();
            if (currentNames.containsKey(job)) {
                open.removeFirst();
                continue;
            }
            try {
                FormerParameters parameters = read.get(job);
                if (parameters == null) {
                    parameters = reader.read(folder(job).parametersFile());
                    read.put(job, parameters);
                    List<String> unknown = new ArrayList<>(parameters.uses());
                    unknown.removeIf(used -> currentNames.containsKey(used) || read.containsKey(used));
                    unknown.forEach(open::push);
                }
                if (open.getFirst().equals(job)) {
                    open.removeFirst();
                    currentNames.put(job, currentName(job, parameters));
                }
            } catch (NoSuchFileException deleted) {
                currentNames.put(job, job);
                deletedUses.put(job, job);
            } catch (IOException unreadable) {
                lose(job, Failures.reason(unreadable));
            } catch (ConfigException | JsonException | UncheckedIOException changed) {
                lose(job, String.valueOf(changed.getMessage()));
            } catch (LinkageError broken) {
                lose(job, "A class of its parameters cannot be loaded: " + broken);
            }
        }
        return currentNames.getOrDefault(stored, stored);
    }

    private String currentName(String job, FormerParameters parameters) {
        boolean isMoved = parameters.isRenamed();
        for (String used : parameters.uses()) {
            if (lost.containsKey(used)) {
                throw ConfigException.of("It uses the result of " + used + ", which is lost")
                        .build();
            }
            String deleted = deletedUses.get(used);
            if (deleted != null) {
                deletedUses.putIfAbsent(job, deleted);
            }
            isMoved |= !currentNames.getOrDefault(used, used).equals(used);
        }
        if (!isMoved) {
            return job;
        }
        ConfigNode<?> today = parameters.today(used -> currentNames.getOrDefault(used, used));
        if (!SharedFolder.of(today).isEmpty()) {
            throw ConfigException.of("It has generated paths in a shared folder, which a rename does not carry over")
                    .build();
        }
        return today.type() + "/" + today.id();
    }

    private void lose(String job, String reason) {
        currentNames.put(job, job);
        lost.put(job, reason);
        tellLost(folder(job), reason);
    }

    /** Tells each loss once, though jobs are read again with new conversions. */
    private void tellLost(JobFolder job, String reason) {
        if (told.add(job.name() + ": " + reason)) {
            listener.lostByFormerName(job, reason);
        }
    }

    private JobFolder folder(String job) {
        int slash = job.indexOf('/');
        return workspace.job(job.substring(0, slash), ConfigId.parse(job.substring(slash + 1)));
    }

    private FormerNames names(Set<TypeDescriptor<?>> types) {
        if (names == null) {
            ClassLoader ofPlan = Thread.currentThread().getContextClassLoader();
            names = new FormerNames(ofPlan != null ? ofPlan : FormerJobs.class.getClassLoader());
        }
        if (names.add(types)) {
            scanned.clear();
            currentNames.clear();
            byCurrentName.clear();
            lost.clear(); // the new conversions may read what could not be read
            deletedUses.clear();
        }
        return names;
    }
}
