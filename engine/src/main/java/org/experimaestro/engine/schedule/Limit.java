package org.experimaestro.engine.schedule;

import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Something of which there is only so much for all jobs that run at once: places, cores, bytes of memory, tokens. Its state
 * belongs to the scheduler's thread.
 */
public final class Limit {
    private final String name;
    private final NavigableSet<Lane> line = new TreeSet<>();
    private long size;
    private long used;

    /**
     * A limit of which nothing is used.
     *
     * @param name what it is, for messages
     * @param size how much there is, at least 1
     */
    public Limit(String name, long size) {
        this.name = name;
        this.size = checked(size);
    }

    private static long checked(long size) {
        if (size < 1) {
            throw new IllegalArgumentException("At least one job must be able to run, not " + size);
        }
        return size;
    }

    /** Jobs that run go on, also where there are too many now. */
    void resize(long newSize) {
        size = checked(newSize);
    }

    /** Whether so much is free; of more than all, whether all is. */
    boolean hasRoom(long amount) {
        return used + Math.min(amount, size) <= size;
    }

    void take(long amount) {
        used += amount;
    }

    void giveBack(long amount) {
        used -= amount;
    }

    /** The lanes that wait here, in the order of their first jobs. */
    NavigableSet<Lane> line() {
        return line;
    }

    @Override
    public String toString() {
        return name;
    }
}
