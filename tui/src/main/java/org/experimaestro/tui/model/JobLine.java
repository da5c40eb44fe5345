package org.experimaestro.tui.model;

import org.experimaestro.tui.wire.WireJobs;

/**
 * A line of the list of jobs.
 *
 * @param group the group
 * @param row the index of the job in its group; {@link #GROUP} for the line of the group itself
 */
public record JobLine(WireJobs.Group group, int row) {
    /** The row of the line of a group. */
    public static final int GROUP = -1;

    /** Returns whether the line is that of a group. */
    public boolean isGroup() {
        return row == GROUP;
    }
}
