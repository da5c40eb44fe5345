package org.experimaestro.requirement;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;

/** The combination of two alternatives ({@code &}). */
public final class Combination {
    private Combination() {}

    /**
     * Combines two alternatives.
     *
     * @param left the first alternative
     * @param right the second alternative
     * @return the maximum of the durations, cores, memories and heaps; the accelerators and features of both
     * @throws IllegalArgumentException if they contradict each other: two JDKs, or more accelerators than one host
     *     has
     */
    public static Alternative of(Alternative left, Alternative right) {
        if (left.jdk().isPresent() && right.jdk().isPresent() && !left.jdk().equals(right.jdk())) {
            throw new IllegalArgumentException("found jdk=" + left.jdk().getAsInt() + " and jdk="
                    + right.jdk().getAsInt() + ", expected one of them");
        }
        SortedSet<String> features = new TreeSet<>(left.features());
        features.addAll(right.features());
        Alternative both = Alternative.NOTHING
                .withCores(Math.max(left.cores(), right.cores()))
                .withMemory(Math.max(left.memory(), right.memory()))
                .withAccelerators(concatenation(left.accelerators(), right.accelerators()))
                .withExclusive(left.exclusive() || right.exclusive())
                .withFeatures(features);
        Optional<Duration> duration = longer(left.duration(), right.duration());
        both = duration.isPresent() ? both.withDuration(duration.get()) : both;
        OptionalLong heap = larger(left.heap(), right.heap());
        both = heap.isPresent() ? both.withHeap(heap.getAsLong()) : both;
        OptionalInt jdk = left.jdk().isPresent() ? left.jdk() : right.jdk();
        return jdk.isPresent() ? both.withJdk(jdk.getAsInt()) : both;
    }

    /**
     * Checks that the heap fits into the memory, if both are given.
     *
     * @param alternative the combined items
     * @throws IllegalArgumentException if the heap is larger
     */
    public static void checkHeap(Alternative alternative) {
        long heap = alternative.heap().orElse(0);
        if (alternative.memory() > 0 && heap > alternative.memory()) {
            throw new IllegalArgumentException("found a heap of " + Quantities.sizeText(heap)
                    + ", expected at most the memory of cpu, which is " + Quantities.sizeText(alternative.memory()));
        }
    }

    private static Optional<Duration> longer(Optional<Duration> left, Optional<Duration> right) {
        if (left.isEmpty() || right.isEmpty()) {
            return left.isPresent() ? left : right;
        }
        return left.get().compareTo(right.get()) >= 0 ? left : right;
    }

    private static OptionalLong larger(OptionalLong left, OptionalLong right) {
        if (left.isEmpty() || right.isEmpty()) {
            return left.isPresent() ? left : right;
        }
        return left.getAsLong() >= right.getAsLong() ? left : right;
    }

    private static List<Accelerator> concatenation(List<Accelerator> left, List<Accelerator> right) {
        List<Accelerator> both = new ArrayList<>(left);
        both.addAll(right);
        if (!both.isEmpty()) {
            Items.checkCount(both.size());
        }
        return both;
    }
}
