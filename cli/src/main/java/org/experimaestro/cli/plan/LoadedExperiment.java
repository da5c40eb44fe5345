package org.experimaestro.cli.plan;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.PlanException;
import org.experimaestro.RunMode;
import org.experimaestro.base.file.FileWriters;
import org.experimaestro.base.process.JobVariables;
import org.experimaestro.cli.option.Launchers;
import org.experimaestro.core.file.UserFolder;
import org.experimaestro.core.git.DirtyGit;
import org.experimaestro.engine.ExperimentRunner;
import org.experimaestro.engine.ExperimentSetup;
import org.experimaestro.engine.RunListener;
import org.experimaestro.engine.RunResult;
import org.experimaestro.engine.provenance.PlanOrigin;
import org.experimaestro.loader.LoadedPlan;
import org.experimaestro.loader.source.Listener;
import org.experimaestro.loader.source.PlanClassLoader;
import org.experimaestro.loader.source.PlanCode;
import org.experimaestro.loader.source.PlanSources;
import org.experimaestro.model.root.RootPlaces;
import org.experimaestro.model.type.PlanFolder;
import org.experimaestro.settings.BoundSettings;
import org.experimaestro.settings.EnergySettings;
import org.experimaestro.settings.ExperimentFile;
import org.experimaestro.settings.GitSettings;
import org.experimaestro.settings.PlanReference;
import org.experimaestro.settings.UserSettings;
import org.experimaestro.settings.WorkspaceSettings;
import org.jspecify.annotations.Nullable;

/** An experiment whose plan is compiled and loaded into this process, ready to run. */
public final class LoadedExperiment {
    private final ExperimentFile file;
    private final Path workspace;
    private final Path planFolder;
    private final PlanCode code;
    private final ClassLoader classes;
    private final LoadedPlan plan;
    private final UserSettings user;
    private final WorkspaceSettings ofWorkspace;
    private final BoundSettings<?> settings;

    private LoadedExperiment(
            ExperimentFile file, Path workspace, @Nullable Class<?> planClass, OptionalInt gridLimit, Listener steps) {
        this.file = file;
        this.workspace = workspace;
        this.planFolder = planFolder(file, planClass);
        this.code = planClass == null
                ? PlanCodes.of(file, steps)
                : PlanSources.fromClassPath(planClass.getName(), planClass.getClassLoader());
        this.classes = planClass == null
                ? PlanClassLoader.of(code.classPath(), LoadedExperiment.class.getClassLoader())
                : planClass.getClassLoader();
        Thread.currentThread().setContextClassLoader(classes);
        System.setProperty(PlanFolder.PROPERTY, planFolder.toString());
        this.plan = LoadedPlan.of(code.planClass(), classes);
        this.user = UserSettings.current();
        this.ofWorkspace = WorkspaceSettings.read(workspace, user);
        RootPlaces.define(ofWorkspace.roots(user));
        this.settings = file.bind(plan.settings(), gridLimit);
    }

    /**
     * Compiles the plan unless it is up to date, and loads it. Plans use the folder and the roots of the process, so a
     * process loads one experiment.
     *
     * @param file the file of the experiment
     * @param workspace the workspace's folder, which may be missing
     * @param planClass the class of this process that is the plan; {@code null} for the plan that the file names
     * @param gridLimit the greatest number of points of a grid of the settings; empty for the limits of the grids
     * @param steps the listener for the long steps
     * @throws PlanException if the plan or its settings are wrong
     */
    public static LoadedExperiment load(
            ExperimentFile file, Path workspace, @Nullable Class<?> planClass, OptionalInt gridLimit, Listener steps) {
        return new LoadedExperiment(file, workspace, planClass, gridLimit, steps);
    }

    private static Path planFolder(ExperimentFile file, @Nullable Class<?> planClass) {
        Path folder = null;
        if (planClass == null && file.plan() instanceof PlanReference.SourceFile(Path source, String location)) {
            folder = source.getParent();
        }
        return folder == null ? file.folder() : folder;
    }

    /** Returns the code and the settings of the plan, with the rules of what is stored of them. */
    public PlanOrigin origin() {
        GitSettings git = file.git().or(ofWorkspace.git()).or(user.git());
        return new PlanOrigin(
                planFolder,
                code.sources(),
                file.show(),
                git.dirtyGit().orElse(DirtyGit.IGNORE),
                git.patchLimit().orElse(PlanOrigin.USUAL_LIMIT));
    }

    /** Returns the settings, with what there is to say about their grids. */
    public BoundSettings<?> settings() {
        return settings;
    }

    public UserSettings user() {
        return user;
    }

    /** Returns the settings of the workspace. */
    public WorkspaceSettings ofWorkspace() {
        return ofWorkspace;
    }

    /** Returns a builder for a run's setup with all that the files say. */
    public ExperimentSetup.Builder setup(RunMode mode) {
        return ExperimentSetup.of(file.id(), mode, workspace)
                .folders(UserFolder.CACHE.path(), UserFolder.STATE.path())
                .version(Version.text())
                .classPath(code.classPath())
                .libraries(PlanCodes.digests(code))
                .launchers(Launchers.of(classes, user))
                .environment(environment())
                .launcherOptions(file.launcherOptions())
                .retries(file.retries())
                .isolation(file.isolation());
    }

    /** Returns the variables of jobs; those of the experiment override those of the workspace. */
    private SortedMap<String, String> environment() {
        SortedMap<String, String> all = new TreeMap<>(ofWorkspace.environment());
        all.putAll(file.environment());
        EnergySettings energy = ofWorkspace.upkeep().energy();
        energy.intensity().ifPresent(grams -> all.put(JobVariables.CARBON, String.valueOf(grams)));
        if (energy.measured().equals(Optional.of(EnergySettings.Measured.OFF))) {
            all.put(JobVariables.ENERGY, JobVariables.OFF);
        }
        return all;
    }

    /**
     * Runs the plan.
     *
     * @throws PlanException if the plan throws
     * @throws InterruptedException if this thread is interrupted while it waits, or a request stops the run
     */
    public RunResult run(ExperimentSetup setup, RunListener listener) throws InterruptedException {
        try (ExitWatch _ = ExitWatch.open()) {
            return new ExperimentRunner(setup, listener)
                    .trusting(this::isTrusted)
                    .run(plan(), settings.value());
        } catch (Error thrown) {
            if (PlanTrace.isOfThePlan(thrown)) {
                throw PlanException.of("The plan " + plan.plan().getClass().getName() + " failed: " + thrown)
                        .cause(thrown)
                        .build();
            }
            throw thrown;
        }
    }

    private boolean isTrusted(String name) {
        var writer = new FileWriters(new TreeSet<>(Set.of(name)), new TreeSet<>(), false);
        return user.strangers(writer).isEmpty();
    }

    /** Returns the plan. The cast is safe because the settings were bound to the record that this plan names. */
    @SuppressWarnings("unchecked")
    private ExperimentPlan<Object> plan() {
        return (ExperimentPlan<Object>) plan.plan();
    }
}
