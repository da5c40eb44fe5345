package org.experimaestro.disturbance.program;

import java.util.List;

/**
 * The outcome of a program.
 *
 * @param exitCode its exit code; 128 and its number for a signal
 * @param out what it wrote to standard output
 * @param err what it wrote to standard error
 */
public record ProgramOutcome(int exitCode, String out, String err) {

    /**
     * Returns the lines of standard output.
     *
     * @return the lines, without their ends
     */
    public List<String> lines() {
        return out.lines().toList();
    }
}
