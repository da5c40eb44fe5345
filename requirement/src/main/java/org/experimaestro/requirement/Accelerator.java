package org.experimaestro.requirement;

import org.jspecify.annotations.Nullable;

/** An accelerator in a requirement. Two are equal when they have the same kind and memory. Immutable. */
public final class Accelerator {
    private final AcceleratorKind kind;
    private final long memory;

    private Accelerator(AcceleratorKind kind, long memory) {
        this.kind = kind;
        this.memory = memory;
    }

    /**
     * Creates an accelerator.
     *
     * @param kind its kind
     * @param memory the least memory in bytes; 0 for any
     * @return the accelerator
     */
    public static Accelerator of(AcceleratorKind kind, long memory) {
        return new Accelerator(kind, memory);
    }

    /**
     * Returns the kind.
     *
     * @return such as {@link AcceleratorKind#CUDA}
     */
    public AcceleratorKind kind() {
        return kind;
    }

    /**
     * Returns the least memory.
     *
     * @return bytes; 0 for any
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

    /** Returns the kind and the memory. */
    @Override
    public String toString() {
        return kind + " with " + memory + " bytes";
    }
}
