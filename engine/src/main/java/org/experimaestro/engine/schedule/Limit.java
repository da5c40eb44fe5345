package org.experimaestro.engine.schedule;

import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * A quantity that all jobs which run at once share: places, cores, bytes of memory, tokens. Its state is confined to
 * the scheduler's thread.
 */
public final class Limit {
    private final String name;
    private final boolean isShared;
    private final NavigableSet<Lane> line = new TreeSet<>();
    private volatile long size;
    private long used;

    /**
     * Creates a limit of which nothing is used.
     *
     * @param name the name, for messages
     * @param size the whole quantity, at least 1
     */
    public Limit(String name, long size) {
        this(name, size, false);
    }

    private Limit(String name, long size, boolean isShared) {
        this.name = name;
        this.isShared = isShared;
        this.size = checked(size);
    }

    /**
     * Creates a limit that the jobs of other runs share. A job that has room at all of its limits takes those that are
     * shared, and asks for its {@linkplain Work#admit admission}. It takes the others once it is admitted.
     *
     * @param name the name, for messages
     * @param size the whole quantity, at least 1
     * @return a limit of which nothing is used by this run
     */
    public static Limit shared(String name, long size) {
        return new Limit(name, size, true);
    }

    /** Returns whether the jobs of other runs share it. */
    boolean isShared() {
        return isShared;
    }

    private static long checked(long size) {
        if (size < 1) {
            throw new IllegalArgumentException("At least one job must be able to run, not " + size);
        }
        return size;
    }

    /** Returns the whole quantity. */
    public long size() {
        return size;
    }

    /** Changes the size. Running jobs go on, even if they use more than the new size. */
    void resize(long newSize) {
        size = checked(newSize);
    }

    /** Returns whether this amount is free. A larger amount than the size counts as the whole size. */
    boolean hasRoom(long amount) {
        return used + Math.min(amount, size) <= size;
    }

    void take(long amount) {
        used += amount;
    }

    void giveBack(long amount) {
        used -= amount;
    }

    /** Returns the lanes that wait here, in the order of their first jobs. */
    NavigableSet<Lane> line() {
        return line;
    }

    @Override
    public String toString() {
        return name;
    }
}
