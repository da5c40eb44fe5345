package org.experimaestro.architecture.broken.engine;

import org.apache.commons.statistics.descriptive.Mean;

/** Computes a mean where jobs would load the library. */
public record Statistician(Mean mean) {}
