package org.experimaestro.trial;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.experimaestro.Config;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.Isolation;
import org.experimaestro.NamedBuilder;
import org.experimaestro.RunMode;
import org.experimaestro.engine.ExperimentRunner;
import org.experimaestro.engine.ExperimentSetup;
import org.experimaestro.engine.RunListener;
import org.experimaestro.engine.RunOrder;
import org.experimaestro.engine.RunResult;
import org.experimaestro.engine.SubmittedTask;
import org.experimaestro.engine.job.Execution;
import org.experimaestro.engine.time.RunClock;
import org.experimaestro.spi.LauncherFinder;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;
import org.jspecify.annotations.Nullable;

/** A workspace with jobs, real processes unless said otherwise, and the files that steer them. */
public final class Lab implements AutoCloseable {
    private final Path folder;
    private LauncherFinder launchers = LauncherFinder.thisMachine();
    private final SortedMap<String, String> environment = new TreeMap<>();
    private final SortedMap<String, String> launcherOptions = new TreeMap<>();
    private final Path workspace;
    private final Control control;
    private RunClock clock = RunClock.SYSTEM;
    private @Nullable Execution inside;
    private Predicate<String> trusted = user -> false;
    private Optional<Isolation> isolation = Optional.empty();
    private int slots = 4;
    private RunOrder order = RunOrder.ALL;
    private List<Path> classPath = List.of(testClasses());
    private Map<String, String> libraries = Map.of();
    private final Map<String, JobFolder> folders = new ConcurrentHashMap<>();
    private Recorder recorder = new Recorder(folders);
    private UnaryOperator<RunListener> listening = UnaryOperator.identity();

    /** In a folder that exists; the workspace does not yet. */
    public Lab(Path folder) {
        this.folder = folder;
        this.workspace = folder.resolve("workspace");
        this.control = new Control(folder.resolve("control"));
        try {
            Files.createDirectories(control.folder());
            // A file in the place of the cache's folder: these jobs start without a cache, and no training runs.
            Files.writeString(folder.resolve("cache"), "");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The classes of the tests. */
    public static Path testClasses() {
        return Path.of(
                Lab.class.getProtectionDomain().getCodeSource().getLocation().getPath());
    }

    /** At most so many jobs at once. */
    public Lab slots(int count) {
        slots = count;
        return this;
    }

    /** The isolation of the jobs of later runs, unless a submission or a type has one. */
    public Lab isolation(Isolation wanted) {
        isolation = Optional.of(wanted);
        return this;
    }

    /** The plan's class path, by default that of the tests. */
    public Lab classPath(List<Path> entries) {
        classPath = entries;
        return this;
    }

    /** The digests of the plan's libraries, by default none. */
    public Lab libraries(Map<String, String> digests) {
        libraries = digests;
        return this;
    }

    /** Has the jobs of later runs executed in this process: they end with their run. */
    public Lab withoutProcesses() {
        inside = new InsideExecution();
        return this;
    }

    /** Which jobs later runs run, and in which order. */
    public Lab order(RunOrder wanted) {
        order = wanted;
        return this;
    }

    /** Decides what time it is in the plan's process. */
    public Lab clock(RunClock time) {
        clock = time;
        return this;
    }

    /** Whose requests count, beside this user's. */
    public Lab trusting(Predicate<String> users) {
        trusted = users;
        return this;
    }

    /** Steers the jobs. */
    public Control control() {
        return control;
    }

    /** The workspace's folder. */
    public Path workspace() {
        return workspace;
    }

    /** The folder that holds all. */
    public Path folder() {
        return folder;
    }

    /** What the last run told. */
    public Recorder recorder() {
        return recorder;
    }

    /** Has something else listen to the runs, which is given the recorder. */
    public Lab listening(UnaryOperator<RunListener> listener) {
        listening = listener;
        return this;
    }

    /** A step that reads what others wrote. */
    @SafeVarargs
    public final Config<Step> step(String name, Config<Written>... inputs) {
        List<Config<Written>> read = new ArrayList<>();
        for (Config<Written> input : inputs) {
            read.add(input);
        }
        return step(name, read);
    }

    /** The same for any number of inputs. */
    public Config<Step> step(String name, List<Config<Written>> inputs) {
        return step(control, name, inputs);
    }

    static Config<Step> step(Control control, String name, List<Config<Written>> inputs) {
        return Config.builder(Step.class)
                .set("name", name)
                .set("inputs", inputs)
                .set("control", control.folder())
                .build();
    }

    /** A task that measures a value. */
    public Config<Measure> measure(String name, double value) {
        return measured(name, value).build();
    }

    /** A task that ends in a way of its own. */
    public Config<Act> act(String name, Act.Way way) {
        return Config.builder(Act.class)
                .set("name", name)
                .set("way", way)
                .set("control", control.folder())
                .build();
    }

    /** The same after another one. */
    public Config<Measure> measure(String name, double value, Config<Measure> after) {
        return measured(name, value).set("after", after).build();
    }

    private NamedBuilder<Measure> measured(String name, double value) {
        return Config.builder(Measure.class)
                .set("name", name)
                .set("value", value)
                .set("control", control.folder());
    }

    /** Runs a plan in normal mode. */
    public RunResult run(ExperimentPlan<String> plan) throws InterruptedException {
        return run(RunMode.NORMAL, plan);
    }

    /** Runs a plan. */
    public RunResult run(RunMode mode, ExperimentPlan<String> plan) throws InterruptedException {
        recorder = new Recorder(folders);
        return runner(mode, false, recorder).run(plan, "settings");
    }

    /** Leaves a plan's jobs to their launchers. */
    public RunResult detach(ExperimentPlan<String> plan) throws InterruptedException {
        recorder = new Recorder(folders);
        return runner(RunMode.NORMAL, true, recorder).run(plan, "settings");
    }

    /** Runs a plan in a thread of its own. */
    public CompletableFuture<RunResult> start(ExperimentPlan<String> plan) {
        recorder = new Recorder(folders);
        ExperimentRunner runner = runner(RunMode.NORMAL, false, recorder);
        CompletableFuture<RunResult> result = new CompletableFuture<>();
        Thread.ofPlatform().daemon().start(() -> {
            try {
                result.complete(runner.run(plan, "settings"));
            } catch (InterruptedException | RuntimeException failed) {
                result.completeExceptionally(failed);
            }
        });
        return result;
    }

    /** Where jobs run, in place of this machine. */
    public Lab launchers(LauncherFinder finder) {
        launchers = finder;
        return this;
    }

    private ExperimentRunner runner(RunMode mode, boolean detached, Recorder listener) {
        ExperimentRunner runner = new ExperimentRunner(
                ExperimentSetup.of("trial", mode, workspace)
                        .folders(folder.resolve("cache"), folder.resolve("state"))
                        .version("test")
                        .arguments(List.of("extra"))
                        .jobs(slots)
                        .classPath(classPath)
                        .libraries(libraries)
                        .launchers(launchers)
                        .environment(environment)
                        .launcherOptions(launcherOptions)
                        .isolation(isolation)
                        .detached(detached)
                        .order(order)
                        .build(),
                listening.apply(listener),
                inside,
                clock);
        return runner.trusting(trusted);
    }

    /** Has all later runs ask for an option of launchers. */
    public void launcherOption(String name, String value) {
        launcherOptions.put(name, value);
    }

    /** A variable for the jobs of later runs. */
    public void environment(String name, String value) {
        environment.put(name, value);
    }

    /** The folder of a job that was submitted here, by the name of its step or its type id. */
    public JobFolder job(String name) {
        return Objects.requireNonNull(folders.get(name), name);
    }

    /** The same, empty if it was not submitted here. */
    public Optional<JobFolder> find(String name) {
        return Optional.ofNullable(folders.get(name));
    }

    /** The state of a step. */
    public JobStatus status(String name) {
        return job(name).status();
    }

    /** Ends the jobs that a plan left behind: they are children of this process, whatever their session. */
    @Override
    public void close() {
        ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);
        Poll.until("the jobs are gone", () -> ProcessHandle.current().children().noneMatch(ProcessHandle::isAlive));
    }

    /** The name of a submitted step, else its type id. */
    public static String name(SubmittedTask task) {
        return Set.of("trial.step", "trial.measure", "trial.act").contains(task.typeId())
                ? String.valueOf(task.task().argument(0))
                : task.typeId();
    }
}
