package org.experimaestro.spi;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.experimaestro.Launcher;
import org.experimaestro.base.process.EnvironmentVariable;

/**
 * Where a job is to run, and with what: what a request was resolved to. It is carried as it is from the launcher file to the
 * {@link Batch} that a batch system gets. Two placements are equal if all their parts are; jobs whose placements are equal may
 * be given to a batch system together. Immutable.
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
            Optional<String> notice) {
        Parts {
            environment = Collections.unmodifiableSortedMap(new TreeMap<>(environment));
            options = Collections.unmodifiableSortedMap(new TreeMap<>(options));
            directives = List.copyOf(directives);
        }
    }

    /**
     * A launcher without anything asked of it.
     *
     * @param launcher the launcher
     * @return the placement, with the variables, options and directives of the launcher
     */
    public static Placement on(LauncherDefinition launcher) {
        return new Builder(launcher).build();
    }

    /**
     * A launcher with the variables of a request. This is where a job's environment is merged: the variables of the request are
     * added to those of the launcher, and take the place of equal ones. What the request asks for otherwise is left to the
     * caller, who knows whether the launcher has it.
     *
     * @param launcher the launcher
     * @param request what the plan asks for
     * @return the placement
     */
    public static Placement on(LauncherDefinition launcher, Launcher request) {
        Builder builder = new Builder(launcher);
        request.environment().forEach(builder::env);
        return builder.build();
    }

    /**
     * A placement that differs from this one in some parts.
     *
     * @return a builder that has all parts of this one
     */
    public Builder toBuilder() {
        return new Builder(parts);
    }

    /**
     * The launcher.
     *
     * @return the launcher, as the launcher file has it
     */
    public LauncherDefinition launcher() {
        return parts.launcher;
    }

    /**
     * The partition, or queue.
     *
     * @return its name, empty for the system's default
     */
    public Optional<String> partition() {
        return parts.partition;
    }

    /**
     * The kind of host, for people.
     *
     * @return its name in the launcher file, empty if that describes none
     */
    public Optional<String> host() {
        return parts.host;
    }

    /**
     * What the job is given.
     *
     * @return {@link Resources#NONE} unless said otherwise
     */
    public Resources resources() {
        return parts.resources;
    }

    /**
     * The largest heap of the job's JVM.
     *
     * @return bytes, empty for the JVM's default
     */
    public OptionalLong heap() {
        return parts.heap;
    }

    /**
     * The JDK of the job.
     *
     * @return its feature release, empty for any that can run the job
     */
    public OptionalInt jdk() {
        return parts.jdk;
    }

    /**
     * All variables for the job, those of its launcher included.
     *
     * @return values by name; a variable that is passed by its name has the value {@link EnvironmentVariable#PASSED}
     */
    public SortedMap<String, String> environment() {
        return parts.environment;
    }

    /**
     * The options of the launcher, of the partition, of the host and of the request; the later ones win.
     *
     * @return values by their names in {@link LauncherType#options}
     */
    public SortedMap<String, String> options() {
        return parts.options;
    }

    /**
     * Directives in the system's own language, as they are.
     *
     * @return one line each
     */
    public List<String> directives() {
        return parts.directives;
    }

    /**
     * Something that the user should read once, such as that there is no launcher file.
     *
     * @return a sentence, empty if there is nothing to say
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

    /** Launcher, partition and kind of host. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(parts.launcher.name());
        parts.partition.ifPresent(name -> text.append(", partition ").append(name));
        parts.host.ifPresent(name -> text.append(", host ").append(name));
        return text.toString();
    }

    /** Makes placements. Confined to one thread. */
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
            notice = parts.notice;
        }

        /**
         * Sets the partition.
         *
         * @param name its name in the batch system
         * @return this builder
         */
        public Builder partition(String name) {
            partition = Optional.of(name);
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
         * Sets what the job is given.
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
         * @param bytes how large
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
         * Sets a variable of the job's environment, in place of one of that name.
         *
         * @param name letters, digits and {@code _}, and no digit first
         * @param value its value, or {@link EnvironmentVariable#PASSED} for that of the plan's process
         * @return this builder
         */
        public Builder env(String name, String value) {
            environment.put(name, value);
            return this;
        }

        /**
         * Sets an option, in place of one of that name.
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
         * Sets all directives, in place of those of the launcher.
         *
         * @param lines directives in the system's own language
         * @return this builder
         */
        public Builder directives(List<String> lines) {
            directives = lines;
            return this;
        }

        /**
         * Sets what the user should read once.
         *
         * @param sentence a sentence
         * @return this builder
         */
        public Builder notice(String sentence) {
            notice = Optional.of(sentence);
            return this;
        }

        /**
         * Makes the placement.
         *
         * @return a placement, which later calls of this builder do not change
         */
        public Placement build() {
            return new Placement(new Parts(
                    launcher, partition, host, resources, heap, jdk, environment, options, directives, notice));
        }
    }
}
