package org.experimaestro.runtime.worker;

import org.experimaestro.runtime.ProcessHost;

/** The heap of a worker that is needed to write the marker of a task while its objects fill the rest. Thread-safe. */
final class HeapReserve {
    /** The free heap with which nothing needs to be released. */
    private static final long FREE_BYTES = 8L * ProcessHost.RESERVE_BYTES;

    @SuppressWarnings("UnusedVariable") // it only reserves memory, until it is released
    private byte[] reserve = new byte[ProcessHost.RESERVE_BYTES];

    private boolean isReleased;

    /** Reserves the heap again, if it was released. */
    synchronized void renew() {
        if (isReleased) {
            reserve = new byte[ProcessHost.RESERVE_BYTES];
            isReleased = false;
        }
    }

    /** Releases the heap if there is not much besides. */
    synchronized void releaseIfNeeded() {
        Runtime runtime = Runtime.getRuntime();
        if (runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory() < FREE_BYTES) {
            reserve = new byte[0];
            isReleased = true;
        }
    }
}
