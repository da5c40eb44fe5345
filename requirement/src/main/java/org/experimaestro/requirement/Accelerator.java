package org.experimaestro.requirement;

import org.jspecify.annotations.Nullable;

/** One accelerator that a job asks for. Two are equal when they ask for the same. Immutable. */
public final class Accelerator {
    private final AcceleratorKind kind;
    private final long memory;

    private Accelerator(AcceleratorKind kind, long memory) {
        this.kind = kind;
        this.memory = memory;
    }

    /**
     * An accelerator.
     *
     * @param kind its kind
     * @param memory how much memory it needs at least, in bytes; 0 if nothing is said
     * @return the accelerator
     */
    public static Accelerator of(AcceleratorKind kind, long memory) {
        return new Accelerator(kind, memory);
    }

    /**
     * The kind.
     *
     * @return such as {@link AcceleratorKind#CUDA}
     */
    public AcceleratorKind kind() {
        return kind;
    }

    /**
     * How much memory it needs at least.
     *
     * @return bytes; 0 if nothing is said
     */
    public long memory() {
        return memory;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Accelerator that && kind == that.kind && memory == that.memory;
    }

    @Override
    public int hashCode() {
        return 31 * kind.hashCode() + Long.hashCode(memory);
    }

    /** The kind and the memory. */
    @Override
    public String toString() {
        return kind + " with " + memory + " bytes";
    }
}
