package org.experimaestro.requirement;

/** Which kind of accelerator. */
public enum AcceleratorKind {
    /** Nvidia's, with its own memory. */
    CUDA,
    /** Apple's (Metal), which shares the memory of the processor. */
    MPS,
    /** Whatever there is. */
    GPU
}
