package org.experimaestro;

import java.time.Duration;
import java.util.ArrayList;
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
 * What a job asks of the machine that it runs on: one or more alternatives, the preferred one first. Immutable.
 *
 * <p>It is written as a text, {@code duration=2 days & cuda(mem=16G) * 4 & cpu(mem=400M, cores=4) | …}, or built:
 *
 * <pre>{@code
 * Requirement.duration(Duration.ofDays(2)).and(Requirement.cuda("16G").times(4)).and(Requirement.cpu(4, "400M"))
 * }</pre>
 */
public final class Requirement {
    private final List<Alternative> alternatives;

    private Requirement(List<Alternative> alternatives) {
        this.alternatives = List.copyOf(alternatives);
    }

    /** Which kind of accelerator. */
    public enum AcceleratorKind {
        /** Nvidia's, with its own memory. */
        CUDA,
        /** Apple's (Metal), which shares the memory of the processor. */
        MPS,
        /** Whatever there is. */
        GPU
    }

    /**
     * One accelerator.
     *
     * @param kind its kind
     * @param memory how much memory it needs at least, in bytes
     */
    public record Accelerator(AcceleratorKind kind, long memory) {}

    /**
     * What is asked for, all of it at once.
     *
     * @param duration how long the job may take; empty if nothing is said
     * @param cores how many processor cores, 0 if nothing is said
     * @param memory how much main memory, in bytes; 0 if nothing is said
     * @param accelerators all accelerators on one host, the largest first
     * @param heap the largest heap of the job's JVM ({@code -Xmx}), in bytes; empty: a part of the memory
     * @param jdk the feature release of the job's JVM, such as 17; empty: that of the plan
     * @param exclusive whether nobody else may use the host meanwhile
     * @param features names that the host must have, such as {@code v100}
     */
    public record Alternative(
            Optional<Duration> duration,
            int cores,
            long memory,
            List<Accelerator> accelerators,
            OptionalLong heap,
            OptionalInt jdk,
            boolean exclusive,
            SortedSet<String> features) {

        /** Asks for nothing. */
        public static final Alternative NOTHING = new Alternative(
                Optional.empty(), 0, 0, List.of(), OptionalLong.empty(), OptionalInt.empty(), false, new TreeSet<>());

        /** Sorts and copies the collections. */
        public Alternative {
            List<Accelerator> sorted = new ArrayList<>(accelerators);
            sorted.sort(Comparator.comparingLong(Accelerator::memory).reversed().thenComparing(Accelerator::kind));
            accelerators = List.copyOf(sorted);
            features = Collections.unmodifiableSortedSet(new TreeSet<>(features));
        }
    }

    /**
     * A requirement.
     *
     * @param alternatives at least one, the preferred one first
     * @return the requirement
     */
    public static Requirement of(List<Alternative> alternatives) {
        if (alternatives.isEmpty()) {
            throw new IllegalArgumentException("A requirement has at least one alternative");
        }
        return new Requirement(alternatives);
    }

    /**
     * The alternatives.
     *
     * @return at least one, the preferred one first
     */
    public List<Alternative> alternatives() {
        return alternatives;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Requirement that && alternatives.equals(that.alternatives);
    }

    @Override
    public int hashCode() {
        return alternatives.hashCode();
    }
}
