package org.experimaestro.engine.schedule;

/**
 * A number of jobs that may run at once, whatever they are.
 *
 * @param <J> what jobs are
 */
public final class Slots<J> implements Scheduler.Capacity<J> {
    private final int count;
    private int used;

    /**
     * A limit.
     *
     * @param count how many, at least 1
     */
    public Slots(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("At least one job must be able to run, not " + count);
        }
        this.count = count;
    }

    @Override
    public boolean hasRoom(J job) {
        return used < count;
    }

    @Override
    public void add(J job) {
        used++;
    }

    @Override
    public void remove(J job) {
        used--;
    }
}
