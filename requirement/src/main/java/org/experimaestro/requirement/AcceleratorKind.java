package org.experimaestro.requirement;

/** The kind of an accelerator. */
public enum AcceleratorKind {
    /** An accelerator of Nvidia, with its own memory. */
    CUDA,
    /** An accelerator of Apple (Metal), which shares the memory of the processor. */
    MPS,
    /** Any accelerator. */
    GPU
}
