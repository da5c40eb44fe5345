package org.experimaestro.engine.local;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.experimaestro.Isolation;
import org.experimaestro.engine.job.IsolationSetting;
import org.experimaestro.spi.JobOption;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.Placement;
import org.experimaestro.workspace.JobStatus;
import org.jspecify.annotations.Nullable;

/**
 * The choice between a process of its own and a warm worker, for each job of a run. It knows the times that jobs of this
 * run took in processes. Thread-safe.
 */
public final class WorkerChoice {
    /** The number of done jobs of a type from which their times count, and of waiting ones for which workers are worth it. */
    private static final int ENOUGH = 20;
    /** The time below which a job is short; one that took less than the start of its process is short, too. */
    private static final Duration SHORT = Duration.ofSeconds(1);
    /** The number of jobs that took less than their start from which the end of the run has a hint. */
    private static final int MANY = 100;
    /** The number of jobs with an equal process beyond which a worker has enough to do. */
    private static final int USUAL = 5;
    /** The most different processes of a type that are counted. */
    private static final int MOST_KINDS = 1_000;

    private final boolean isPossible;
    private final Consumer<String> notices;
    private final Map<String, Times> types = new HashMap<>();
    private final Map<String, Integer> waiting = new HashMap<>();
    /** The types that need processes, with the reason. */
    private final Map<String, String> needy = new HashMap<>();

    private final Set<String> decided = new HashSet<>();
    private final Set<String> noticed = new HashSet<>();

    /** The times of the jobs of a type that were done in processes. */
    private static final class Times {
        private int done;
        private int shorts;
        private int shorterThanStart;
        /** The jobs with equal processes, by these, which share workers. */
        private final Map<WorkerKey, Integer> kinds = new HashMap<>();

        private boolean isChosen;
        private String reason = "";

        /** Returns whether more than half of the jobs, and so the one in their middle, were short. */
        boolean areShort() {
            return done >= ENOUGH && 2 * shorts > done;
        }

        /** Counts a job, and returns whether enough others would have had the same workers. */
        boolean isUsual(WorkerKey kind) {
            if (kinds.size() >= MOST_KINDS && !kinds.containsKey(kind)) {
                return false;
            }
            return kinds.merge(kind, 1, Integer::sum) > USUAL;
        }
    }

    /**
     * Creates the choice for a run.
     *
     * @param isPossible whether the run can have workers; if not, each job gets what it would get without a setting, and
     *     nothing is said
     * @param notices the receiver of each decision that the user may want to know, once
     */
    public WorkerChoice(boolean isPossible, Consumer<String> notices) {
        this.isPossible = isPossible;
        this.notices = notices;
    }

    /**
     * Chooses for a job that is about to be started.
     *
     * @param typeId the type of its task
     * @param setting the setting
     * @param placement its placement
     * @return the reason for a worker; empty for a process of its own
     */
    public Optional<String> choose(String typeId, IsolationSetting setting, Placement placement) {
        if (!isPossible) {
            return Optional.empty();
        }
        if (setting.isolation() == Isolation.PROCESS) {
            remember(typeId, setting);
            return Optional.empty();
        }
        String obstacle = obstacle(typeId, placement);
        if (obstacle != null) {
            if (setting.isolation() == Isolation.WORKER) {
                tell(
                        obstacle,
                        "Jobs such as those of " + typeId
                                + " run in processes of their own, though isolation: worker is "
                                + setting.source() + ": " + obstacle);
            }
            return Optional.empty();
        }
        return setting.isolation() == Isolation.WORKER ? Optional.of(setting.source()) : measured(typeId, placement);
    }

    /** Remembers a type for which somebody has set processes, so that the end of the run has no hint about it. */
    private synchronized void remember(String typeId, IsolationSetting setting) {
        if (!setting.equals(IsolationSetting.NONE)) {
            decided.add(typeId);
        }
    }

    private synchronized Optional<String> measured(String typeId, Placement placement) {
        Times times = types.computeIfAbsent(typeId, type -> new Times());
        if (!times.isUsual(WorkerKey.of(placement))) {
            return Optional.empty();
        }
        if (!times.isChosen && times.areShort() && waiting.getOrDefault(typeId, 0) >= ENOUGH) {
            times.isChosen = true;
            times.reason = "measured: " + times.shorts + " of " + times.done + " jobs were short";
            notices.accept("The next jobs of " + typeId + " run in warm workers (isolation: auto): " + times.shorts
                    + " of " + times.done + " took less than a second, or than their start");
        }
        return times.isChosen ? Optional.of(times.reason) : Optional.empty();
    }

    /** Returns why a job needs a process of its own; {@code null} if it does not. */
    private @Nullable String obstacle(String typeId, Placement placement) {
        LauncherDefinition launcher = placement.launcher();
        if (!launcher.isHere()) {
            return "the launcher " + launcher.name() + " runs jobs elsewhere";
        }
        if (LocalCommand.isSpecial(placement)) {
            return special(placement);
        }
        if (launcher.type().equals(LauncherDefinition.DIRECT)
                && placement.resources().duration().isPresent()) {
            return "they have a time limit, which ends a whole process";
        }
        if (placement.resources().acceleratorCount() > 0) {
            return "they have accelerators, whose memory a waiting worker would keep";
        }
        synchronized (this) {
            return needy.get(typeId);
        }
    }

    /** Returns what a job has for which a worker would have to be another process. */
    private static String special(Placement placement) {
        List<String> found = new ArrayList<>();
        if (placement.jdk().isPresent()) {
            found.add("jdk, by their requirement");
        }
        String launcher = placement.launcher().name();
        if (placement.launcher().java().isPresent()) {
            found.add("java, by the launcher " + launcher);
        }
        for (JobOption option : List.of(JobOption.BEFORE, JobOption.WRAPPER, JobOption.JVM)) {
            if (option.of(placement).isPresent()) {
                found.add("the option " + option.key() + ", by the launcher " + launcher
                        + ", the experiment or their submission");
            }
        }
        return "they have " + String.join("; ", found);
    }

    private synchronized void tell(String reason, String sentence) {
        if (noticed.add(reason)) {
            notices.accept(sentence);
        }
    }

    /**
     * Counts jobs that wait for their turn.
     *
     * @param typeId the type of their task
     * @param change 1 for a job that waits from now on, -1 for one that no longer waits
     */
    public synchronized void waits(String typeId, int change) {
        waiting.merge(typeId, change, Integer::sum);
    }

    /**
     * Counts the time of a job that ran in a process.
     *
     * @param typeId the type of its task
     * @param status its state; only a job that is done counts
     * @param whole the time from before the start of its process until its end was seen
     */
    public synchronized void ran(String typeId, JobStatus status, Duration whole) {
        Duration took = status.duration().orElse(null);
        if (!(status instanceof JobStatus.Done) || took == null || took.isNegative()) {
            return;
        }
        Times times = types.computeIfAbsent(typeId, type -> new Times());
        times.done++;
        boolean isShorterThanStart = took.plus(took).compareTo(whole) < 0;
        if (isShorterThanStart) {
            times.shorterThanStart++;
        }
        if (isShorterThanStart || took.compareTo(SHORT) < 0) {
            times.shorts++;
        }
    }

    /**
     * Records that tasks of a type load a native library of their own, so that the next ones run in processes.
     *
     * @param typeId the type
     */
    public synchronized void isNative(String typeId) {
        needy.putIfAbsent(typeId, "they load a native library of their own, which a process can load once");
    }

    /**
     * Records that a task of a type has failed because a class of a library did not see one of the plan's in a worker, so that
     * it and the next ones run in processes.
     *
     * @param typeId the type
     */
    public synchronized void missesPlan(String typeId) {
        String reason = "a library, whose classes all tasks of a worker share, looks for classes of the plan";
        if (needy.putIfAbsent(typeId, reason) == null) {
            notices.accept(
                    "Jobs of " + typeId + " run in processes of their own from now on, and those that have failed"
                            + " for it run again: " + reason);
            noticed.add(reason);
        }
    }

    /**
     * Returns a hint for the end of the run, if many jobs took less time than the start of their processes, and nobody has set
     * that they have processes.
     *
     * @return a sentence about the type with the most such jobs; empty if there are fewer than 100
     */
    public synchronized Optional<String> hint() {
        String most = "";
        int count = MANY - 1;
        for (Map.Entry<String, Times> type : types.entrySet()) {
            if (type.getValue().shorterThanStart > count && !decided.contains(type.getKey())) {
                most = type.getKey();
                count = type.getValue().shorterThanStart;
            }
        }
        return most.isEmpty() || !isPossible
                ? Optional.empty()
                : Optional.of("Hint: " + count + " jobs of " + most
                        + " took less time than the start of their processes; isolation: auto lets such jobs share warm"
                        + " workers");
    }
}
