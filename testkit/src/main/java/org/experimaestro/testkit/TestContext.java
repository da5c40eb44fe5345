package org.experimaestro.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.experimaestro.Config;
import org.experimaestro.ConfigException;
import org.experimaestro.ConfigId;
import org.experimaestro.Configurable;
import org.experimaestro.Program;
import org.experimaestro.RandomStream;
import org.experimaestro.Task;
import org.experimaestro.generated.TypeDescriptor;
import org.experimaestro.model.ConfigNode;
import org.experimaestro.model.Node;
import org.experimaestro.runtime.GeneratedPaths;
import org.experimaestro.runtime.IdentifyingContext;
import org.experimaestro.runtime.PreparedTask;
import org.experimaestro.runtime.TaskIdentities;
import org.experimaestro.runtime.program.ProgramRun;
import org.jspecify.annotations.Nullable;

/**
 * The context of a task in a unit test: it has the test's folder, and records the task's progress, metrics and announcements.
 * Thread-safe.
 * <pre>{@code
 * TestContext context = TestContext.in(folder);
 * new Darts(1000, 1).execute(context);
 * assertThat(context.metrics()).containsKey("pi");
 * }</pre>
 */
public final class TestContext implements IdentifyingContext {
    private final Path folder;
    private final List<Progress> progress = new ArrayList<>();
    private final Map<String, List<Double>> metrics = new LinkedHashMap<>();
    private final Map<String, Map<String, Double>> units = new LinkedHashMap<>();
    private final Map<String, Configurable> announced = new LinkedHashMap<>();
    private String logger = "task";
    private @Nullable Duration remaining;
    private Predicate<TestContext> cancelling = context -> false;
    private boolean cancelled;
    private int attempt = 1;
    private final TaskIdentities identities = new TaskIdentities();
    private ConfigId id = ConfigId.of(new byte[16]);

    private TestContext(Path folder) {
        this.folder = folder;
    }

    /**
     * Creates a context whose job has a folder.
     *
     * @param folder the folder, such as JUnit's {@code @TempDir}; made if it does not exist
     * @return a context without progress or metrics
     * @throws IOException if the folder cannot be made
     */
    public static TestContext in(Path folder) throws IOException {
        return new TestContext(Files.createDirectories(folder.toAbsolutePath()));
    }

    /**
     * Makes a task in this folder, as its job would, and executes it in this thread, after its init tasks. A test can also execute a record
     * without generated paths itself.
     *
     * @param task a task with all its parameters; the outputs of other tasks keep their paths
     * @param <T> the task's class
     * @return the task that was executed, with its generated paths in this folder
     * @throws Exception if the task throws it
     * @throws AssertionError if the task returns without having made its generated paths, as its job would fail
     */
    public <T extends Task<?>> T execute(Config<T> task) throws Exception {
        if (!(Node.of(task) instanceof ConfigNode<T> node)) {
            throw new IllegalArgumentException("A collection is no task: " + task);
        }
        GeneratedPaths.makeShared(node, folder);
        PreparedTask prepared = PreparedTask.of(node, folder);
        execute(prepared, node.descriptor(), task.id());
        return node.descriptor().javaClass().cast(prepared.task());
    }

    /** Executes a task that was made in this folder. */
    void execute(PreparedTask task, TypeDescriptor<?> type, ConfigId job) throws Exception {
        synchronized (this) {
            logger = type.typeId();
            id = job;
        }
        try {
            task.execute(this);
        } finally {
            if (isCancelled()) {
                Thread.interrupted(); // the interruption was meant for the task
            }
        }
        String missing = GeneratedPaths.missing(task.node(), folder);
        if (!missing.isEmpty()) {
            throw new AssertionError(type.typeId() + " has returned without having made " + missing + " in " + folder
                    + ": a task makes all of its generated paths, but those with @GeneratedPath(optional = true)");
        }
    }

    @Override
    public TaskIdentities identities() {
        return identities;
    }

    /**
     * Returns the folder in this context's folder. It knows the configurations of the task that {@link #execute(Config)} was
     * given last.
     */
    @Override
    public Path cached(Configurable configuration, String name, FolderFiller filler) throws Exception {
        return identities.computed(configuration, name).fill(folder, filler);
    }

    /**
     * Sets the time that the job has left.
     *
     * @param left the result of {@link #remainingTime} from now on
     * @return this context
     */
    public synchronized TestContext remainingTime(Duration left) {
        remaining = left;
        return this;
    }

    /**
     * Sets the number of the attempt.
     *
     * @param number the result of {@link #attempt()} from now on
     * @return this context
     */
    public synchronized TestContext attempt(int number) {
        attempt = number;
        return this;
    }

    /**
     * Returns a stream of random numbers: that of the job of the task that {@link #execute(Config)} was given last, else
     * that of an identifier of zeros.
     */
    @Override
    public synchronized RandomStream random(String purpose) {
        return RandomStream.of(id, purpose);
    }

    @Override
    public void run(Program program) throws IOException, InterruptedException {
        ProgramRun.run(this, program);
    }

    @Override
    public synchronized int attempt() {
        return attempt;
    }

    /**
     * Requests the end of the job, as {@code jobs kill}, a time limit or a preemption does. When the condition holds,
     * the thread that records progress or a metric is interrupted.
     *
     * @param condition the condition, checked after each such call, in the task's thread; not checked again after it
     *     has held
     * @return this context
     */
    public synchronized TestContext cancelWhen(Predicate<TestContext> condition) {
        cancelling = condition;
        return this;
    }

    @Override
    public synchronized boolean isCancelled() {
        return cancelled;
    }

    @Override
    public void progress(int level, double fraction, String description) {
        if (level < 0 || level > DEEPEST_LEVEL) {
            throw new IllegalArgumentException(
                    "The level of progress is from 0 to " + DEEPEST_LEVEL + ", not " + level);
        }
        if (Double.isNaN(fraction)) {
            throw new IllegalArgumentException("Progress is a number from 0 to 1, not NaN");
        }
        synchronized (this) {
            progress.add(new Progress(level, Math.clamp(fraction, 0, 1), description));
        }
        cancelIfDue();
    }

    /**
     * Records an announcement. It is checked as in a job if {@link #execute(Config)} was given the task.
     */
    @Override
    public synchronized void announce(String name, Configurable output) {
        TaskIdentities.requireName(name);
        if (identities.isTaskKnown()) {
            identities.announced(folder, folder, ".", name, output);
        }
        Configurable before = announced.putIfAbsent(name, output);
        if (before != null && !before.equals(output)) {
            throw ConfigException.of("Cannot announce \"" + name + "\" again: it is " + output
                            + ", and was announced as " + before)
                    .advice("announce what is new under a name of its own")
                    .build();
        }
    }

    /**
     * Returns what the task has announced.
     *
     * @return the configurations by name, in the order of the announcements
     */
    public synchronized Map<String, Configurable> announced() {
        return new LinkedHashMap<>(announced);
    }

    @Override
    public void metric(String name, double value) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("A metric needs a name");
        }
        synchronized (this) {
            metrics.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
        }
        cancelIfDue();
    }

    @Override
    public void metric(String name, double value, long step) {
        if (step < 0) {
            throw new IllegalArgumentException("The step of a metric is at least 0, not " + step);
        }
        metric(name, value);
    }

    @Override
    public void metric(String name, String unit, double value) {
        if (name.isEmpty() || unit.isEmpty()) {
            throw new IllegalArgumentException("A metric and its unit need a name");
        }
        synchronized (this) {
            units.computeIfAbsent(name, key -> new LinkedHashMap<>()).put(unit, value);
        }
        cancelIfDue();
    }

    private synchronized void cancelIfDue() {
        if (!cancelled && cancelling.test(this)) {
            cancelled = true;
            Thread.currentThread().interrupt();
        }
    }

    /** Runs the action at once, in this thread, if the time left is at most the margin: a test has no clock. */
    @Override
    public void onLimitNear(Duration margin, Runnable action) {
        if (isLimitNear(margin)) {
            action.run();
        }
    }

    @Override
    public synchronized Optional<Duration> remainingTime() {
        return Optional.ofNullable(remaining);
    }

    @Override
    public Path folder() {
        return folder;
    }

    @Override
    public synchronized System.Logger logger() {
        return System.getLogger(logger);
    }

    /**
     * Returns the metrics as a report would show them.
     *
     * @return the last value of each, in the order of their first appearance
     */
    public synchronized Map<String, Double> metrics() {
        Map<String, Double> last = new LinkedHashMap<>();
        metrics.forEach((name, values) -> last.put(name, values.getLast()));
        return last;
    }

    /**
     * Returns the values of a metric by unit, such as a topic or a fold.
     *
     * @param name the metric's name
     * @return the last value of each unit, in the order of their first appearance; empty if there are none
     */
    public synchronized Map<String, Double> unitMetrics(String name) {
        return new LinkedHashMap<>(units.getOrDefault(name, Map.of()));
    }

    /**
     * Returns all values of a metric.
     *
     * @param name the metric's name
     * @return in the order in which they were recorded; empty if there are none
     */
    public synchronized List<Double> values(String name) {
        return List.copyOf(Objects.requireNonNullElse(metrics.get(name), List.of()));
    }

    /**
     * Returns the recorded progress, including small steps.
     *
     * @return in the order in which it was recorded
     */
    public synchronized List<Progress> progress() {
        return List.copyOf(progress);
    }

    /**
     * Returns the fraction of the whole task that is done.
     *
     * @return the last fraction for level 0; 0 if there is none
     */
    public synchronized double fraction() {
        return progress.reversed().stream()
                .filter(told -> told.level() == 0)
                .mapToDouble(Progress::fraction)
                .findFirst()
                .orElse(0);
    }

    /** A record of progress at one moment. Immutable. */
    public static final class Progress {
        private final int level;
        private final double fraction;
        private final String description;

        private Progress(int level, double fraction, String description) {
            this.level = level;
            this.fraction = fraction;
            this.description = description;
        }

        /**
         * Returns the level of the part.
         *
         * @return 0 for the whole task
         */
        public int level() {
            return level;
        }

        /**
         * Returns the fraction of that part that is done.
         *
         * @return from 0 to 1
         */
        public double fraction() {
            return fraction;
        }

        /**
         * Returns the description of the current work.
         *
         * @return possibly empty
         */
        public String description() {
            return description;
        }

        /** Returns the level, the fraction and the description, separated by spaces. */
        @Override
        public String toString() {
            return (level + " " + fraction + " " + description).strip();
        }
    }
}
