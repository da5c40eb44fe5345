package org.experimaestro.requirement;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * An alternative of a requirement: a set of items that must all be met at once, for example {@code duration=2 days &
 * cuda(mem=16G)}. Immutable; two alternatives are equal when their items are.
 */
public final class Alternative {
    /** The alternative without items, which every machine meets. */
    public static final Alternative NOTHING = new Alternative(new Draft());

    private final Optional<Duration> duration;
    private final int cores;
    private final long memory;
    private final List<Accelerator> accelerators;
    private final OptionalLong heap;
    private final OptionalInt jdk;
    private final boolean exclusive;
    private final SortedSet<String> features;

    private Alternative(Draft draft) {
        this.duration = draft.duration;
        this.cores = draft.cores;
        this.memory = draft.memory;
        this.accelerators = draft.accelerators;
        this.heap = draft.heap;
        this.jdk = draft.jdk;
        this.exclusive = draft.exclusive;
        this.features = draft.features;
    }

    /** The fields of an alternative that is being built. */
    private static final class Draft {
        private Optional<Duration> duration = Optional.empty();
        private int cores = 0;
        private long memory = 0;
        private List<Accelerator> accelerators = List.of();
        private OptionalLong heap = OptionalLong.empty();
        private OptionalInt jdk = OptionalInt.empty();
        private boolean exclusive = false;
        private SortedSet<String> features = Collections.emptySortedSet();

        Draft() {}

        Draft(Alternative before) {
            this.duration = before.duration;
            this.cores = before.cores;
            this.memory = before.memory;
            this.accelerators = before.accelerators;
            this.heap = before.heap;
            this.jdk = before.jdk;
            this.exclusive = before.exclusive;
            this.features = before.features;
        }
    }

    /**
     * Returns the longest time that the job may take.
     *
     * @return the limit; empty for no limit
     */
    public Optional<Duration> duration() {
        return duration;
    }

    /**
     * Returns the number of processor cores.
     *
     * @return 0 if there is no such item
     */
    public int cores() {
        return cores;
    }

    /**
     * Returns the amount of main memory.
     *
     * @return bytes; 0 if there is no such item
     */
    public long memory() {
        return memory;
    }

    /**
     * Returns all accelerators on one host.
     *
     * @return the largest first; unmodifiable
     */
    public List<Accelerator> accelerators() {
        return accelerators;
    }

    /**
     * Returns the largest heap of the job's JVM ({@code -Xmx}).
     *
     * @return bytes; empty for a part of the memory
     */
    public OptionalLong heap() {
        return heap;
    }

    /**
     * Returns the feature release of the job's JVM.
     *
     * @return such as 17; empty for the plan's release
     */
    public OptionalInt jdk() {
        return jdk;
    }

    /**
     * Returns whether the job needs the host for itself.
     *
     * @return true if no other job may run on the host meanwhile
     */
    public boolean exclusive() {
        return exclusive;
    }

    /**
     * Returns the features that the host must have.
     *
     * @return names such as {@code v100}; unmodifiable
     */
    public SortedSet<String> features() {
        return features;
    }

    /**
     * Returns this alternative with another value of {@link #duration}.
     *
     * @param duration the value
     * @return a new alternative
     */
    public Alternative withDuration(Duration duration) {
        var draft = new Draft(this);
        draft.duration = Optional.of(duration);
        return new Alternative(draft);
    }

    /**
     * Returns this alternative with another value of {@link #cores}.
     *
     * @param cores the value
     * @return a new alternative
     */
    public Alternative withCores(int cores) {
        var draft = new Draft(this);
        draft.cores = cores;
        return new Alternative(draft);
    }

    /**
     * Returns this alternative with another value of {@link #memory}.
     *
     * @param memory the value
     * @return a new alternative
     */
    public Alternative withMemory(long memory) {
        var draft = new Draft(this);
        draft.memory = memory;
        return new Alternative(draft);
    }

    /**
     * Returns this alternative with another value of {@link #accelerators}.
     *
     * @param accelerators the value
     * @return a new alternative
     */
    public Alternative withAccelerators(Collection<Accelerator> accelerators) {
        var draft = new Draft(this);
        draft.accelerators = sorted(accelerators);
        return new Alternative(draft);
    }

    /**
     * Returns this alternative with another value of {@link #heap}.
     *
     * @param heap the value
     * @return a new alternative
     */
    public Alternative withHeap(long heap) {
        var draft = new Draft(this);
        draft.heap = OptionalLong.of(heap);
        return new Alternative(draft);
    }

    /**
     * Returns this alternative with another value of {@link #jdk}.
     *
     * @param jdk the value
     * @return a new alternative
     */
    public Alternative withJdk(int jdk) {
        var draft = new Draft(this);
        draft.jdk = OptionalInt.of(jdk);
        return new Alternative(draft);
    }

    /**
     * Returns this alternative with another value of {@link #exclusive}.
     *
     * @param exclusive the value
     * @return a new alternative
     */
    public Alternative withExclusive(boolean exclusive) {
        var draft = new Draft(this);
        draft.exclusive = exclusive;
        return new Alternative(draft);
    }

    /**
     * Returns this alternative with another value of {@link #features}.
     *
     * @param features the value
     * @return a new alternative
     */
    public Alternative withFeatures(Collection<String> features) {
        var draft = new Draft(this);
        draft.features = Collections.unmodifiableSortedSet(new TreeSet<>(features));
        return new Alternative(draft);
    }

    private static List<Accelerator> sorted(Collection<Accelerator> accelerators) {
        List<Accelerator> sorted = new ArrayList<>(accelerators);
        sorted.sort(Comparator.comparingLong(Accelerator::memory).reversed().thenComparing(Accelerator::kind));
        return List.copyOf(sorted);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Alternative that && fields().equals(that.fields());
    }

    @Override
    public int hashCode() {
        return fields().hashCode();
    }

    /** Returns the text that {@link RequirementParser} reads. */
    @Override
    public String toString() {
        return RequirementPrinter.print(List.of(this));
    }

    private List<Object> fields() {
        return List.of(duration, cores, memory, accelerators, heap, jdk, exclusive, features);
    }
}
