package org.experimaestro.engine.job;

import org.experimaestro.Isolation;

/**
 * The isolation that was set for a job, and the place that set it.
 *
 * @param isolation the isolation
 * @param source the place as the end of a sentence, such as {@code set at its submission}; empty if nothing set it
 */
public record IsolationSetting(Isolation isolation, String source) {
    /** The setting of a job about which nothing is said. */
    public static final IsolationSetting NONE = new IsolationSetting(Isolation.PROCESS, "");
}
