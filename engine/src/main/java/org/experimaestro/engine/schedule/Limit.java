package org.experimaestro.engine.schedule;

import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * A quantity that all jobs which run at once share: places, cores, bytes of memory, tokens. Its state is confined to
 * the scheduler's thread, but any thread may read {@link #size}.
 */
public final class Limit {
    private final String name;
    private final NavigableSet<Lane> line = new TreeSet<>();
    private final Sharing sharing;
    private final long whole;
    private volatile long size;
    private long used;

    /**
     * Creates a limit of which nothing is used.
     *
     * @param name the name, for messages
     * @param size the whole quantity, at least 1
     */
    public Limit(String name, long size) {
        this(name, checked(size), Sharing.NONE);
    }

    private Limit(String name, long whole, Sharing sharing) {
        this.name = name;
        this.whole = whole;
        this.sharing = sharing;
        this.size = sharing == Sharing.BY_PARTS ? 0 : whole;
    }

    /** The way in which several schedulers share a limit. */
    private enum Sharing {
        NONE,
        /** Each has a part, which changes. */
        BY_PARTS,
        /** Others decide about each job. */
        BY_ADMISSION
    }

    /**
     * Creates a limit that several schedulers share. This one has no part of it until {@link Scheduler#share}.
     *
     * @param name the name, for messages
     * @param whole the whole quantity of all, at least 1
     * @return the limit
     */
    public static Limit shared(String name, long whole) {
        return new Limit(name, checked(whole), Sharing.BY_PARTS);
    }

    /**
     * Creates a limit that several schedulers share, and of which others grant each job its amount. A job that has room at
     * all of its limits takes them, and asks for its {@linkplain Work#admit admission}. While it waits for that, it has only
     * the limits of this kind.
     *
     * @param name the name, for messages
     * @param size the whole quantity of all, at least 1
     * @return the limit
     */
    public static Limit byAdmission(String name, long size) {
        return new Limit(name, checked(size), Sharing.BY_ADMISSION);
    }

    /** Returns whether a job needs an admission before it takes some of the other limits. */
    boolean isByAdmission() {
        return sharing == Sharing.BY_ADMISSION;
    }

    private static long checked(long size) {
        if (size < 1) {
            throw new IllegalArgumentException("At least one job must be able to run, not " + size);
        }
        return size;
    }

    /** Returns the quantity that the jobs of this scheduler may use at once. */
    public long size() {
        return size;
    }

    /**
     * Returns the whole quantity, for records.
     *
     * @return the quantity of all schedulers together if they share it, otherwise that of this one
     */
    public long whole() {
        return sharing == Sharing.BY_PARTS ? whole : size;
    }

    /** Changes the size. Running jobs go on, even if they use more than the new size. With 0, no job starts. */
    void resize(long newSize) {
        size = newSize == 0 ? 0 : checked(newSize);
    }

    /** Returns whether this amount is free. A larger amount than the size counts as the whole size. */
    boolean hasRoom(long amount) {
        return hasRoom(amount, 0);
    }

    /** Returns the same if so much more were used. */
    boolean hasRoom(long amount, long more) {
        return size > 0 && used + more + Math.min(amount, size) <= size;
    }

    /** Returns the sum of the amounts that the running jobs use. */
    long used() {
        return used;
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
