package org.experimaestro.tui.wire;

import java.util.List;

/**
 * The answer about an experiment.
 *
 * @param name the name
 * @param runs its runs, the newest one first
 */
public record WireExperiment(String name, List<WireRunLine> runs) {}
