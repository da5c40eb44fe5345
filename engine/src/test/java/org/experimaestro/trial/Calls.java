package org.experimaestro.trial;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** How often a {@link TestBatchSystem} was asked, and for what. */
public final class Calls {
    private final List<Integer> submits = new ArrayList<>();
    private final List<Integer> polls = new ArrayList<>();
    private final List<String> cancels = new ArrayList<>();

    /** The sizes of the batches that it was given, those refused included. */
    public synchronized List<Integer> submits() {
        return List.copyOf(submits);
    }

    /** For how many jobs each poll asked. */
    public synchronized List<Integer> polls() {
        return List.copyOf(polls);
    }

    /** The jobs that it was told to end. */
    public synchronized List<String> cancels() {
        return List.copyOf(cancels);
    }

    synchronized void submit(int size) {
        submits.add(size);
    }

    synchronized void poll(int size) {
        polls.add(size);
    }

    synchronized void cancel(Collection<String> jobIds) {
        cancels.addAll(jobIds);
    }
}
