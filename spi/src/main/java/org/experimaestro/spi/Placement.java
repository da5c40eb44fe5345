package org.experimaestro.spi;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.experimaestro.Launcher;
import org.experimaestro.base.process.EnvironmentVariable;

/**
 * The placement of a job: the launcher and the resources that a request was resolved to. It is carried unchanged from
 * the launcher file to the {@link Batch} for a batch system. Two placements are equal if all their parts are. Jobs
 * with equal placements may be submitted together. Immutable.
 */
public final class Placement {
    private final Parts parts;

    private Placement(Parts parts) {
        this.parts = parts;
    }

    private record Parts(
            LauncherDefinition launcher,
            Optional<String> partition,
            Optional<String> host,
            Resources resources,
            OptionalLong heap,
            OptionalInt jdk,
            SortedMap<String, String> environment,
            SortedMap<String, String> options,
            List<String> directives,
            List<Placement> alternatives,
            Optional<String> notice) {
        Parts {
            environment = Collections.unmodifiableSortedMap(new TreeMap<>(environment));
            options = Collections.unmodifiableSortedMap(new TreeMap<>(options));
            directives = List.copyOf(directives);
            alternatives = List.copyOf(alternatives);
        }
    }

    /**
     * Creates a placement on a launcher, without a request.
     *
     * @param launcher the launcher
     * @return the placement, with the variables, options and directives of the launcher
     */
    public static Placement on(LauncherDefinition launcher) {
        return new Builder(launcher).build();
    }

    /**
     * Creates a placement on a launcher with the variables and the {@link JobOption}s of a request. They are added to
     * those of the launcher, and replace those of the same name. The caller handles the other parts of the request, because only the caller can check whether the launcher has them.
     *
     * @param launcher the launcher
     * @param request the plan's request
     * @return the placement
     */
    public static Placement on(LauncherDefinition launcher, Launcher request) {
        Builder builder = new Builder(launcher);
        Map<String, String> options = request.options();
        for (JobOption option : JobOption.values()) {
            Optional.ofNullable(options.get(option.key())).ifPresent(value -> builder.option(option.key(), value));
        }
        request.environment().forEach(builder::env);
        request.passed().forEach(name -> builder.env(name, EnvironmentVariable.PASSED));
        return builder.build();
    }

    /**
     * Creates a builder for a placement that differs from this one in some parts.
     *
     * @return a builder that has all parts of this placement
     */
    public Builder toBuilder() {
        return new Builder(parts);
    }

    /**
     * Returns the launcher.
     *
     * @return the launcher, as in the launcher file
     */
    public LauncherDefinition launcher() {
        return parts.launcher;
    }

    /**
     * Returns the partition, or queue.
     *
     * @return its name, or several names with commas if the system is to choose; empty for the system's default
     */
    public Optional<String> partition() {
        return parts.partition;
    }

    /**
     * Returns the kind of host, for display.
     *
     * @return its name in the launcher file, or several names with commas; empty if the file describes none
     */
    public Optional<String> host() {
        return parts.host;
    }

    /**
     * Returns the resources of the job.
     *
     * @return {@link Resources#NONE} by default
     */
    public Resources resources() {
        return parts.resources;
    }

    /**
     * Returns the largest heap of the job's JVM.
     *
     * @return bytes, empty for the JVM's default
     */
    public OptionalLong heap() {
        return parts.heap;
    }

    /**
     * Returns the JDK of the job.
     *
     * @return its feature release, empty for any that can run the job
     */
    public OptionalInt jdk() {
        return parts.jdk;
    }

    /**
     * Returns all variables for the job, those of its launcher included.
     *
     * @return values by name; a variable that is passed by its name has the value {@link EnvironmentVariable#PASSED}
     */
    public SortedMap<String, String> environment() {
        return parts.environment;
    }

    /**
     * Returns the options of the launcher, of the partition, of the host and of the request; later ones override
     * earlier ones.
     *
     * @return values by their names in {@link LauncherType#options}
     */
    public SortedMap<String, String> options() {
        return parts.options;
    }

    /**
     * Returns directives in the system's own language, unchanged.
     *
     * @return one line each
     */
    public List<String> directives() {
        return parts.directives;
    }

    /**
     * Returns other places that are as good as this one, if one submission cannot offer them all to the system. Jobs
     * are spread among this placement and these, see {@link BatchSystem#room}.
     *
     * @return placements that differ in their partition, host, resources and options only; none of them has
     *     alternatives
     */
    public List<Placement> alternatives() {
        return parts.alternatives;
    }

    /**
     * Returns this placement at another of its {@link #alternatives}.
     *
     * @param place the alternative
     * @return the partition, host, resources and options of the alternative, with all other parts of this placement,
     *     and without alternatives
     */
    public Placement at(Placement place) {
        return new Placement(new Parts(
                parts.launcher,
                place.partition(),
                place.host(),
                place.resources(),
                parts.heap,
                parts.jdk,
                parts.environment,
                place.options(),
                parts.directives,
                List.of(),
                parts.notice));
    }

    /**
     * Returns a notice that the user should read once, for example that there is no launcher file.
     *
     * @return a sentence, or empty
     */
    public Optional<String> notice() {
        return parts.notice;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Placement placement && parts.equals(placement.parts);
    }

    @Override
    public int hashCode() {
        return parts.hashCode();
    }

    /** Returns the launcher, partition and kind of host. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(parts.launcher.name());
        parts.partition.ifPresent(name -> text.append(", partition ").append(name));
        parts.host.ifPresent(name -> text.append(", host ").append(name));
        return text.toString();
    }

    /** A builder of placements. Confined to one thread. */
    public static final class Builder {
        private final LauncherDefinition launcher;
        private Optional<String> partition;
        private Optional<String> host;
        private Resources resources;
        private OptionalLong heap;
        private OptionalInt jdk;
        private final SortedMap<String, String> environment;
        private final SortedMap<String, String> options;
        private List<String> directives;
        private List<Placement> alternatives;
        private Optional<String> notice;

        private Builder(LauncherDefinition launcher) {
            this(new Parts(
                    launcher,
                    Optional.empty(),
                    Optional.empty(),
                    Resources.NONE,
                    OptionalLong.empty(),
                    OptionalInt.empty(),
                    launcher.environment(),
                    launcher.options(),
                    launcher.directives(),
                    List.of(),
                    Optional.empty()));
        }

        private Builder(Parts parts) {
            launcher = parts.launcher;
            partition = parts.partition;
            host = parts.host;
            resources = parts.resources;
            heap = parts.heap;
            jdk = parts.jdk;
            environment = new TreeMap<>(parts.environment);
            options = new TreeMap<>(parts.options);
            directives = parts.directives;
            alternatives = parts.alternatives;
            notice = parts.notice;
        }

        /**
         * Sets the partition, and removes the alternatives.
         *
         * @param name its name in the batch system, or several names with commas
         * @return this builder
         */
        public Builder partition(String name) {
            partition = Optional.of(name);
            alternatives = List.of();
            return this;
        }

        /**
         * Sets the kind of host.
         *
         * @param name its name in the launcher file
         * @return this builder
         */
        public Builder host(String name) {
            host = Optional.of(name);
            return this;
        }

        /**
         * Sets the resources of the job.
         *
         * @param given the resources
         * @return this builder
         */
        public Builder resources(Resources given) {
            resources = given;
            return this;
        }

        /**
         * Sets the largest heap of the job's JVM.
         *
         * @param bytes its size
         * @return this builder
         */
        public Builder heap(long bytes) {
            heap = OptionalLong.of(bytes);
            return this;
        }

        /**
         * Sets the JDK of the job.
         *
         * @param release its feature release
         * @return this builder
         */
        public Builder jdk(int release) {
            jdk = OptionalInt.of(release);
            return this;
        }

        /**
         * Sets a variable of the job's environment. It replaces a variable of that name.
         *
         * @param name letters, digits and {@code _}, not starting with a digit
         * @param value its value, or {@link EnvironmentVariable#PASSED} for that of the plan's process
         * @return this builder
         */
        public Builder env(String name, String value) {
            environment.put(name, value);
            return this;
        }

        /**
         * Sets an option. It replaces an option of that name.
         *
         * @param name its name in {@link LauncherType#options}
         * @param value its value
         * @return this builder
         */
        public Builder option(String name, String value) {
            options.put(name, value);
            return this;
        }

        /**
         * Sets all directives. They replace the directives of the launcher.
         *
         * @param lines directives in the system's own language
         * @return this builder
         */
        public Builder directives(List<String> lines) {
            directives = lines;
            return this;
        }

        /**
         * Sets the places that are as good.
         *
         * @param places placements on the same launcher, see {@link Placement#alternatives}
         * @return this builder
         */
        public Builder alternatives(List<Placement> places) {
            alternatives = places;
            return this;
        }

        /**
         * Sets a notice that the user should read once.
         *
         * @param sentence a sentence
         * @return this builder
         */
        public Builder notice(String sentence) {
            notice = Optional.of(sentence);
            return this;
        }

        /**
         * Creates the placement.
         *
         * @return a placement, which later calls of this builder do not change
         */
        public Placement build() {
            return new Placement(new Parts(
                    launcher,
                    partition,
                    host,
                    resources,
                    heap,
                    jdk,
                    environment,
                    options,
                    directives,
                    alternatives,
                    notice));
        }
    }
}
