package org.experimaestro.cli;

/** The text of the live line of a run. */
final class LiveText {
    private LiveText() {}

    static String of(RunCounts counts) {
        return counts.line();
    }
}
