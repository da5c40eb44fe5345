package org.experimaestro.tui.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.experimaestro.tui.wire.WireJobs;

/** The lines of the list of jobs: groups, and the rows of those that are open. No row has an object. Immutable. */
public final class JobLines {
    /** The most jobs of a list whose groups are all open at first. */
    private static final int FEW = 40;

    private final List<Segment> segments = new ArrayList<>();
    private int size;

    /** A group with its rows below it. */
    private record Segment(WireJobs.Group group, boolean hasLine, boolean isOpen, int first, int rows) {
        int length() {
            return (hasLine ? 1 : 0) + rows;
        }
    }

    /**
     * Creates the lines.
     *
     * @param answer the groups
     * @param toggled the keys of groups that are open instead of folded, or folded instead of open
     */
    JobLines(WireJobs answer, Set<String> toggled) {
        if (answer.groups().isEmpty()) {
            add(everything(answer), false, true);
            return;
        }
        boolean areOpen = answer.selected() <= FEW;
        Set<String> hidden = new HashSet<>();
        for (WireJobs.Group group : answer.groups()) {
            boolean isOpen = (!group.isLeaf() || areOpen) != toggled.contains(group.key());
            if (!group.parent().isEmpty() && hidden.contains(group.parent())) {
                hidden.add(group.key());
                continue;
            }
            if (!isOpen) {
                hidden.add(group.key());
            }
            add(group, true, isOpen);
        }
    }

    private static WireJobs.Group everything(WireJobs answer) {
        return new WireJobs.Group("", "", 0, "", answer.filter(), answer.counts(), answer.selected(), true);
    }

    private void add(WireJobs.Group group, boolean hasLine, boolean isOpen) {
        Segment segment = new Segment(group, hasLine, isOpen, size, isOpen && group.isLeaf() ? group.size() : 0);
        segments.add(segment);
        size += segment.length();
    }

    /** Returns the number of lines. */
    public int size() {
        return size;
    }

    /**
     * Returns a line.
     *
     * @param index its index
     * @return the line
     */
    public JobLine at(int index) {
        Segment segment = segments.get(segmentAt(index));
        int offset = index - segment.first();
        return new JobLine(segment.group(), segment.hasLine() ? offset - 1 : offset);
    }

    private int segmentAt(int index) {
        int low = 0;
        int high = segments.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (segments.get(middle).first() <= index) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        // A segment without lines begins where the next one does.
        return low;
    }

    /**
     * Returns whether the group of a line is open.
     *
     * @param index the index of the line
     * @return true for each row
     */
    public boolean isOpen(int index) {
        return segments.get(segmentAt(index)).isOpen();
    }

    /** Returns where a line is now; that of its group if the group is folded, or has fewer rows. */
    Optional<Integer> find(String group, int row) {
        for (Segment segment : segments) {
            if (segment.group().key().equals(group)) {
                int last = Math.max(0, segment.length() - 1);
                int wanted = segment.hasLine() ? row + 1 : Math.max(0, row);
                return Optional.of(segment.first() + Math.min(wanted, last));
            }
        }
        return Optional.empty();
    }

    /** Returns where the line of a group is. */
    Optional<Integer> findGroup(String group) {
        return find(group, JobLine.GROUP);
    }
}
