package org.experimaestro.architecture.broken.engine;

import org.hipparchus.random.SobolSequenceGenerator;

/** Makes a Sobol sequence where jobs would load the library. */
public record Optimizer(SobolSequenceGenerator sequence) {}
