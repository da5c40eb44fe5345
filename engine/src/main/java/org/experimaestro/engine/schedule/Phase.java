package org.experimaestro.engine.schedule;

import java.util.EnumMap;
import java.util.Map;

/** Where a job is in a run. The table of {@link #after} is the whole state machine. */
public enum Phase {
    /** Some of its dependencies are not done, or it is not time yet to try it again. */
    WAITING,
    /** It may run as soon as there is room. */
    READY,
    /** It is being started, runs, or runs in the hands of another run. */
    RUNNING,
    /** It is done. */
    DONE,
    /** It failed, or its files cannot be read. */
    FAILED,
    /** It is not run, because a job that it depends on failed. */
    SKIPPED;

    /** What happens to a job. */
    public enum Event {
        /** All its dependencies are done, and it is time. */
        UNBLOCKED,
        /** A dependency has appeared that is not done. */
        BLOCKED,
        /** A dependency failed or was skipped. */
        DEPENDENCY_FAILED,
        /** There is room for it. */
        STARTED,
        /** It is to be tried again later. */
        POSTPONED,
        /** It was found done, or has ended well. */
        SUCCEEDED,
        /** It was found unreadable, or has ended badly. */
        FAILED,
        /** Somebody has asked for another try, of this job or of one that it depends on. */
        RETRIED
    }

    private static final Map<Phase, Map<Event, Phase>> TABLE = new EnumMap<>(Map.of(
            WAITING,
            Map.of(
                    Event.UNBLOCKED, READY,
                    Event.DEPENDENCY_FAILED, SKIPPED,
                    Event.STARTED, RUNNING, // it runs already, since an earlier run
                    Event.SUCCEEDED, DONE,
                    Event.FAILED, FAILED),
            READY,
            Map.of(
                    Event.BLOCKED, WAITING,
                    Event.STARTED, RUNNING,
                    Event.FAILED, FAILED), // it cannot even be started
            RUNNING,
            Map.of(Event.POSTPONED, WAITING, Event.SUCCEEDED, DONE, Event.FAILED, FAILED),
            FAILED,
            Map.of(Event.RETRIED, WAITING),
            SKIPPED,
            Map.of(Event.RETRIED, WAITING)));

    /**
     * The phase that follows.
     *
     * @param event what happens
     * @return the next phase
     * @throws IllegalStateException if that cannot happen in this phase
     */
    public Phase after(Event event) {
        Phase next = TABLE.getOrDefault(this, Map.of()).get(event);
        if (next == null) {
            throw new IllegalStateException("A job that is " + this + " cannot have the event " + event);
        }
        return next;
    }

    /**
     * Returns whether a job in this phase has ended: it stays there unless somebody asks for another try.
     *
     * @return true for done, failed and skipped
     */
    public boolean isFinal() {
        return this == DONE || isLost();
    }

    /** Whether what depends on a job in this phase cannot run. */
    boolean isLost() {
        return this == FAILED || this == SKIPPED;
    }
}
