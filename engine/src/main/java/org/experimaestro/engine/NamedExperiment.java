package org.experimaestro.engine;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.experimaestro.Config;
import org.experimaestro.Experiment;
import org.experimaestro.RunMode;
import org.experimaestro.workspace.Workspace;

/** The part of a run that names its experiment, and keeps configurations for other experiments. Thread-safe. */
abstract class NamedExperiment implements Experiment {
    private final ExperimentSetup setup;
    private final Workspace workspace;
    private final SavedConfigs saved;

    NamedExperiment(ExperimentSetup setup, Workspace workspace) {
        this.setup = setup;
        this.workspace = workspace;
        this.saved = new SavedConfigs(workspace, setup.name(), setup.mode());
    }

    @Override
    public final void save(String name, Config<?> config) {
        saved.save(name, file -> Config.save(config, file));
        keepOutputs(config);
    }

    @Override
    public final void save(String name, Collection<? extends Config<?>> configs) {
        saved.save(name, file -> Config.save(configs, file));
        configs.forEach(this::keepOutputs);
    }

    @Override
    public final void save(String name, Map<String, ? extends Config<?>> configs) {
        saved.save(name, file -> Config.save(configs, file));
        configs.values().forEach(this::keepOutputs);
    }

    @Override
    public final <T> Config<T> load(String experiment, String name, Class<T> type) {
        return Config.load(saved.file(experiment, name), type);
    }

    @Override
    public final <T> List<Config<T>> loadList(String experiment, String name, Class<T> type) {
        return Config.loadList(saved.file(experiment, name), type);
    }

    @Override
    public final <T> Map<String, Config<T>> loadMap(String experiment, String name, Class<T> type) {
        return Config.loadMap(saved.file(experiment, name), type);
    }

    @Override
    public final String name() {
        return setup.name();
    }

    @Override
    public final RunMode runMode() {
        return setup.mode();
    }

    @Override
    public final Path workspace() {
        return workspace.root();
    }

    @Override
    public final Path resultsFolder() {
        return workspace.experiment(setup.name()).results();
    }

    @Override
    public final List<String> arguments() {
        return setup.arguments();
    }

    /** Keeps the outputs in a saved configuration, which other experiments load. */
    abstract void keepOutputs(Config<?> saved);
}
