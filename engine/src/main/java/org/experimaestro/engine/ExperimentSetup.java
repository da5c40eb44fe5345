package org.experimaestro.engine;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.experimaestro.Isolation;
import org.experimaestro.RetryPolicy;
import org.experimaestro.RunMode;
import org.experimaestro.spi.LauncherFinder;

/** All that a run needs besides its plan and settings. Immutable. */
public final class ExperimentSetup {
    private final Builder parts;

    private ExperimentSetup(Builder parts) {
        this.parts = parts;
    }

    /**
     * Begins a setup.
     *
     * @param name the experiment's name
     * @param mode the run's mode
     * @param workspace the workspace's folder
     * @return a builder, in which the folders and the version must still be set
     */
    public static Builder of(String name, RunMode mode, Path workspace) {
        return new Builder(name, mode, workspace);
    }

    /** A builder of setups. Confined to one thread. */
    public static final class Builder {
        private final String name;
        private final RunMode mode;
        private final Path workspace;
        private Path cache = Path.of("");
        private Path state = Path.of("");
        private String version = "";
        private List<String> arguments = List.of();
        private int jobs = 1;
        private List<Path> classPath = List.of();
        private Map<String, String> libraries = Map.of();
        private LauncherFinder launchers = LauncherFinder.thisMachine();
        private SortedMap<String, String> environment = new TreeMap<>();
        private SortedMap<String, String> launcherOptions = new TreeMap<>();
        private Optional<RetryPolicy> retries = Optional.empty();
        private Optional<Isolation> isolation = Optional.empty();
        private boolean detached = false;
        private RunOrder order = RunOrder.ALL;
        private RunOrigin origin = RunOrigin.UNKNOWN;
        private ResultSource results = ResultSource.NONE;

        private Builder(String name, RunMode mode, Path workspace) {
            this.name = name;
            this.mode = mode;
            this.workspace = workspace;
        }

        private Builder(Builder other) {
            this(other.name, other.mode, other.workspace);
            cache = other.cache;
            state = other.state;
            version = other.version;
            arguments = List.copyOf(other.arguments);
            jobs = other.jobs;
            classPath = List.copyOf(other.classPath);
            libraries = Collections.unmodifiableMap(new LinkedHashMap<>(other.libraries));
            launchers = other.launchers;
            environment = Collections.unmodifiableSortedMap(new TreeMap<>(other.environment));
            launcherOptions = Collections.unmodifiableSortedMap(new TreeMap<>(other.launcherOptions));
            retries = other.retries;
            isolation = other.isolation;
            detached = other.detached;
            order = other.order;
            origin = other.origin;
            results = other.results;
        }

        /**
         * Sets the folders of this user.
         *
         * @param caches the folder of caches, which may be deleted at any time
         * @param states the folder of files that runs of this user share, such as leases
         * @return this
         */
        public Builder folders(Path caches, Path states) {
            cache = caches;
            state = states;
            return this;
        }

        /**
         * Sets the version of Experimaestro.
         *
         * @param ours the version
         * @return this
         */
        public Builder version(String ours) {
            version = ours;
            return this;
        }

        /**
         * Sets the words that follow the YAML file on the command line.
         *
         * @param value the value; none by default
         * @return this
         */
        public Builder arguments(List<String> value) {
            arguments = value;
            return this;
        }

        /**
         * Sets how many jobs run at once on this machine.
         *
         * @param value the value; 1 by default
         * @return this
         */
        public Builder jobs(int value) {
            jobs = value;
            return this;
        }

        /**
         * Sets the plan's class path: jars and folders of classes.
         *
         * @param value the value; empty by default
         * @return this
         */
        public Builder classPath(List<Path> value) {
            classPath = value;
            return this;
        }

        /**
         * Sets the SHA-256 of each library that the plan's sources name or need, by its name.
         *
         * @param value the value; empty by default, if they are not known
         * @return this
         */
        public Builder libraries(Map<String, String> value) {
            libraries = value;
            return this;
        }

        /**
         * Sets the finder of the places where jobs run.
         *
         * @param value the value; this machine by default
         * @return this
         */
        public Builder launchers(LauncherFinder value) {
            launchers = value;
            return this;
        }

        /**
         * Sets environment variables for all jobs, which replace equal ones of their launchers.
         *
         * @param value the value; none by default
         * @return this
         */
        public Builder environment(SortedMap<String, String> value) {
            environment = value;
            return this;
        }

        /**
         * Sets options of launchers for all jobs, over those of the launcher file. An option of a submission counts
         * more.
         *
         * @param value the value; none by default
         * @return this
         */
        public Builder launcherOptions(SortedMap<String, String> value) {
            launcherOptions = value;
            return this;
        }

        /**
         * Sets the retries of all jobs, for those whose submission and whose type set none.
         *
         * @param value the value; empty by default
         * @return this
         */
        public Builder retries(Optional<RetryPolicy> value) {
            retries = value;
            return this;
        }

        /**
         * Sets the isolation of all jobs, for those whose submission and whose type set none.
         *
         * @param value the value; empty by default
         * @return this
         */
        public Builder isolation(Optional<Isolation> value) {
            isolation = value;
            return this;
        }

        /**
         * Sets whether the run is detached: it submits its jobs to batch systems, and does not wait for them.
         *
         * @param value the value; false by default
         * @return this
         */
        public Builder detached(boolean value) {
            detached = value;
            return this;
        }

        /**
         * Sets the choice and the order of the jobs.
         *
         * @param value the value; {@link RunOrder#ALL} by default
         * @return this
         */
        public Builder order(RunOrder value) {
            order = value;
            return this;
        }

        /**
         * Sets the origin of the run, from which it can be repeated.
         *
         * @param value the value; {@link RunOrigin#UNKNOWN} by default
         * @return this
         */
        public Builder origin(RunOrigin value) {
            origin = value;
            return this;
        }

        /**
         * Sets where results are found that the workspace does not have.
         *
         * @param value the value; {@link ResultSource#NONE} by default
         * @return this
         */
        public Builder results(ResultSource value) {
            results = value;
            return this;
        }

        /**
         * Builds the setup.
         *
         * @return a setup with copies of all collections
         */
        public ExperimentSetup build() {
            return new ExperimentSetup(new Builder(this));
        }
    }

    /**
     * Returns the experiment's name.
     *
     * @return the value
     */
    public String name() {
        return parts.name;
    }

    /**
     * Returns the run's mode.
     *
     * @return the value
     */
    public RunMode mode() {
        return parts.mode;
    }

    /**
     * Returns the workspace's folder.
     *
     * @return the value
     */
    public Path workspace() {
        return parts.workspace;
    }

    /**
     * Returns the folder of caches, which may be deleted at any time.
     *
     * @return the value
     */
    public Path cache() {
        return parts.cache;
    }

    /**
     * Returns the folder of files that runs of this user share, such as leases.
     *
     * @return the value
     */
    public Path state() {
        return parts.state;
    }

    /**
     * Returns the version of Experimaestro.
     *
     * @return the value
     */
    public String version() {
        return parts.version;
    }

    /**
     * Returns the words that follow the YAML file on the command line.
     *
     * @return the value
     */
    public List<String> arguments() {
        return parts.arguments;
    }

    /**
     * Returns how many jobs run at once on this machine.
     *
     * @return the value
     */
    public int jobs() {
        return parts.jobs;
    }

    /**
     * Returns the plan's class path: jars and folders of classes.
     *
     * @return the value
     */
    public List<Path> classPath() {
        return parts.classPath;
    }

    /**
     * Returns the SHA-256 of each library that the plan's sources name or need, by its name.
     *
     * @return the value
     */
    public Map<String, String> libraries() {
        return parts.libraries;
    }

    /**
     * Returns the finder of the places where jobs run.
     *
     * @return the value
     */
    public LauncherFinder launchers() {
        return parts.launchers;
    }

    /**
     * Returns environment variables for all jobs, which replace equal ones of their launchers.
     *
     * @return the value
     */
    public SortedMap<String, String> environment() {
        return parts.environment;
    }

    /**
     * Returns options of launchers for all jobs, over those of the launcher file.
     *
     * @return the value
     */
    public SortedMap<String, String> launcherOptions() {
        return parts.launcherOptions;
    }

    /**
     * Returns the retries of all jobs, for those whose submission and whose type set none.
     *
     * @return the value
     */
    public Optional<RetryPolicy> retries() {
        return parts.retries;
    }

    /**
     * Returns the isolation of all jobs, for those whose submission and whose type set none.
     *
     * @return the value
     */
    public Optional<Isolation> isolation() {
        return parts.isolation;
    }

    /**
     * Returns whether the run is detached: it submits its jobs to batch systems, and does not wait for them.
     *
     * @return the value
     */
    public boolean detached() {
        return parts.detached;
    }

    /**
     * Returns the choice and the order of the jobs.
     *
     * @return the value
     */
    public RunOrder order() {
        return parts.order;
    }

    /**
     * Returns the origin of the run, from which it can be repeated.
     *
     * @return the value
     */
    public RunOrigin origin() {
        return parts.origin;
    }

    /**
     * Returns where results are found that the workspace does not have.
     *
     * @return the value
     */
    public ResultSource results() {
        return parts.results;
    }
}
