package org.experimaestro.testkit;

import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.experimaestro.ConfigException;
import org.experimaestro.Experiment;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.LaunchException;
import org.experimaestro.PlanException;
import org.experimaestro.RunMode;
import org.experimaestro.WorkspaceException;
import org.experimaestro.engine.ExperimentRunner;
import org.experimaestro.engine.ExperimentSetup;
import org.experimaestro.engine.RunResult;
import org.experimaestro.engine.time.RunClock;
import org.experimaestro.model.type.PlanFolder;
import org.experimaestro.spi.LauncherFinder;
import org.jspecify.annotations.Nullable;

/**
 * A runner of a plan in the process of a test, with settings given as a record. It needs no YAML file, command line,
 * or launcher file. It uses the engine of {@code run-experiment}, so it refuses the same plans.
 * <pre>{@code
 * PlanRun run = PlanRunner.of(new LayersPlan()).dryRun(new LayersPlan.Settings(10, List.of(3, 5)));
 * assertThat(run.submissions(Learn.class)).hasSize(2);
 * }</pre>
 *
 * @param <S> the type of the plan's settings
 */
public final class PlanRunner<S> {
    private final ExperimentPlan<S> plan;
    private String name = "test";
    /**
     * A folder that is never made: a dry run writes nothing, and jobs in this process need neither caches nor leases.
     */
    private final Path nowhere =
            Path.of(System.getProperty("java.io.tmpdir"), "experimaestro-test-" + UUID.randomUUID());

    private Path workspace = nowhere.resolve("workspace");
    private boolean hasWorkspace;
    private @Nullable Path planFolder;
    private List<String> arguments = List.of();
    private LauncherFinder launchers = LauncherFinder.thisMachine();
    private Function<TaskSubmission, JobBehavior> behaviors = submission -> JobBehavior.executes();
    private RunClock clock = RunClock.SYSTEM;
    private InProcessExecution.Delay delay = clock::sleep;
    private int concurrent = 1;

    private PlanRunner(ExperimentPlan<S> plan) {
        this.plan = plan;
    }

    /**
     * Creates a runner of a plan.
     *
     * @param plan a new instance of the plan
     * @param <S> the type of its settings
     * @return the runner, with defaults for everything else
     */
    public static <S> PlanRunner<S> of(ExperimentPlan<S> plan) {
        return new PlanRunner<>(plan);
    }

    /**
     * Sets the experiment's name.
     *
     * @param experiment the value of {@link Experiment#name} for the plan; {@code test} by default
     * @return this runner
     */
    public PlanRunner<S> name(String experiment) {
        name = experiment;
        return this;
    }

    /**
     * Sets the workspace. A dry run reads there which jobs are done, and writes nothing.
     *
     * @param folder a folder, which need not exist; by default a temporary folder that does not exist
     * @return this runner
     */
    public PlanRunner<S> workspace(Path folder) {
        workspace = folder.toAbsolutePath();
        hasWorkspace = true;
        return this;
    }

    /**
     * Sets the folder where relative paths of the plan and of defaults start. It matters if such a path counts in an
     * identifier.
     *
     * @param folder the folder of the plan's source file, or of the YAML file; by default the working folder. While
     *     the plan runs, it applies to the whole process.
     * @return this runner
     */
    public PlanRunner<S> planFolder(Path folder) {
        planFolder = folder.toAbsolutePath();
        return this;
    }

    /**
     * Sets the arguments that would follow the YAML file on the command line.
     *
     * @param words the value of {@link Experiment#arguments} for the plan; none by default
     * @return this runner
     */
    public PlanRunner<S> arguments(String... words) {
        arguments = List.of(words);
        return this;
    }

    /**
     * Sets the resolver of the plan's launcher requests.
     *
     * @param finder the replacement of a launcher file; by default, this machine meets every request
     * @return this runner
     */
    public PlanRunner<S> launchers(LauncherFinder finder) {
        launchers = finder;
        return this;
    }

    /**
     * Runs the plan in the mode {@link RunMode#DRY_RUN}, on the calling thread: the plan submits its tasks, and no
     * task runs. Jobs that the plan waits for or reports on have results only if they are done in the workspace.
     *
     * @param settings the plan's settings
     * @return the submissions
     * @throws PlanException if the plan throws another exception than those of Experimaestro, which becomes its cause
     * @throws ConfigException if a configuration, a task or its dependencies are wrong
     * @throws LaunchException if no launcher meets a request
     */
    public PlanRun dryRun(S settings) {
        return submitOnly(RunMode.DRY_RUN, settings);
    }

    /**
     * Runs the plan in the mode {@link RunMode#GENERATE}, on the calling thread: the folders of its jobs are written to
     * the workspace, with the runtime's class path only, and no task runs. A workspace must have been set.
     *
     * @param settings the plan's settings
     * @return the submissions
     * @throws IllegalStateException if no {@link #workspace} was set
     * @throws PlanException if the plan throws another exception than those of Experimaestro, which becomes its cause
     * @throws ConfigException if a configuration, a task or its dependencies are wrong
     * @throws LaunchException if no launcher meets a request
     * @throws WorkspaceException if the workspace cannot be used
     */
    public PlanRun generate(S settings) {
        requireWorkspace();
        return submitOnly(RunMode.GENERATE, settings);
    }

    /**
     * Runs the plan in the mode {@link RunMode#PREPARE}: the prepare steps of the configurations that its jobs need run in
     * this process, and no task runs. A workspace must have been set.
     *
     * @param settings the plan's settings
     * @return the submissions; the outcome is {@code FAILED} if a step has failed
     * @throws IllegalStateException if no {@link #workspace} was set
     * @throws PlanException if the plan throws another exception than those of Experimaestro, which becomes its cause
     * @throws ConfigException if a configuration, a task or its dependencies are wrong
     * @throws LaunchException if no launcher meets a request
     * @throws WorkspaceException if the workspace cannot be used
     */
    public PlanRun prepare(S settings) {
        requireWorkspace();
        return submitOnly(RunMode.PREPARE, settings);
    }

    private PlanRun submitOnly(RunMode mode, S settings) {
        RunRecorder recorder = new RunRecorder();
        return run(new ExperimentRunner(setup(mode, recorder), recorder), settings, recorder);
    }

    /**
     * Sets the behavior of jobs in {@link #run}.
     *
     * @param behavior the function that is called for each job when it starts, possibly by several threads; an
     *     exception of it fails the job
     * @return this runner
     */
    public PlanRunner<S> jobs(Function<TaskSubmission, JobBehavior> behavior) {
        behaviors = behavior;
        return this;
    }

    /**
     * Sets the clock of the run: for jobs that have a delay, for limits of time, and for the times that the run records.
     *
     * @param manual a clock that the test advances, in another thread than that of {@link #run}; by default the clock
     *     of the machine
     * @return this runner
     */
    public PlanRunner<S> clock(ManualClock manual) {
        clock = manual;
        delay = manual::delay;
        return this;
    }

    /**
     * Sets the number of jobs that run at once on this machine. Jobs of other launchers run at once up to the
     * launchers' limits.
     *
     * @param count at least 1, which is the default: jobs run one after another, in the order of submission if their
     *     dependencies permit
     * @return this runner
     * @throws IllegalArgumentException if the count is less than 1
     */
    public PlanRunner<S> concurrentJobs(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("At least one job runs at once, not " + count);
        }
        concurrent = count;
        return this;
    }

    /**
     * Runs the plan to its report, and blocks until then. The jobs run in this process: they execute their tasks,
     * unless {@link #jobs} defines another behavior. Launchers, variables and JVM options are ignored. A workspace
     * must have been set; jobs that are done there do not run again.
     *
     * @param settings the plan's settings
     * @return the submissions and their results
     * @throws IllegalStateException if no {@link #workspace} was set
     * @throws PlanException if the plan throws another exception than those of Experimaestro, which becomes its cause
     * @throws ConfigException if a configuration, a task or its dependencies are wrong
     * @throws LaunchException if no launcher meets a request
     * @throws WorkspaceException if the workspace cannot be used
     */
    public PlanRun run(S settings) {
        requireWorkspace();
        RunRecorder recorder = new RunRecorder();
        var execution = new InProcessExecution(job -> behaviors.apply(recorder.execute(job.id())), delay);
        return run(
                new ExperimentRunner(setup(RunMode.NORMAL, recorder), recorder, execution, clock), settings, recorder);
    }

    private void requireWorkspace() {
        if (!hasWorkspace) {
            throw new IllegalStateException(
                    "Cannot run jobs without a workspace: set one with workspace(folder), such as a @TempDir of JUnit");
        }
    }

    private PlanRun run(ExperimentRunner runner, S settings, RunRecorder recorder) {
        String before = System.getProperty(PlanFolder.PROPERTY);
        setPlanFolder(planFolder == null ? before : planFolder.toString());
        try {
            RunResult result = runner.run(plan, settings);
            return new PlanRun(result, recorder);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw PlanException.of("The run of the plan was interrupted")
                    .cause(stopped)
                    .build();
        } finally {
            setPlanFolder(before);
        }
    }

    private static void setPlanFolder(@Nullable String folder) {
        if (folder == null) {
            System.clearProperty(PlanFolder.PROPERTY);
        } else {
            System.setProperty(PlanFolder.PROPERTY, folder);
        }
    }

    private ExperimentSetup setup(RunMode mode, RunRecorder recorder) {
        return ExperimentSetup.of(name, mode, workspace)
                .folders(nowhere.resolve("cache"), nowhere.resolve("state"))
                .version("test")
                .arguments(arguments)
                .jobs(concurrent)
                .launchers(recorder.recording(launchers))
                .build();
    }
}
