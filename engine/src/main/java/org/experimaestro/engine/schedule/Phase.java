package org.experimaestro.engine.schedule;

import java.util.EnumMap;
import java.util.Map;

/** The position of a job in a run. The table of {@link #after} is the whole state machine. */
public enum Phase {
    /** Some dependencies are not done, or the time of the next try has not come. */
    WAITING,
    /** The job may run as soon as its limits have room. */
    READY,
    /** The job is being started, runs, or is run by another run. */
    RUNNING,
    /** The job is done. */
    DONE,
    /** The job failed, or its files cannot be read. */
    FAILED,
    /** The job is not run, because a job that it depends on failed, or because its run starts no more jobs. */
    SKIPPED;

    /** An event in the life of a job. */
    public enum Event {
        /** All dependencies are done, and the time of the next try has come. */
        UNBLOCKED,
        /** A dependency has appeared that is not done. */
        BLOCKED,
        /** A dependency failed or was skipped. */
        DEPENDENCY_FAILED,
        /** All limits have room for the job, or it runs already since an earlier run. */
        STARTED,
        /** The job is to be tried again later. */
        POSTPONED,
        /** The scheduler starts no more jobs. */
        WITHHELD,
        /** The job was found done, or has ended well. */
        SUCCEEDED,
        /** The job was found failed or unreadable, could not be started, or has ended badly. */
        FAILED,
        /** Another try was requested of this job, or of one that it depends on. */
        RETRIED
    }

    private static final Map<Phase, Map<Event, Phase>> TABLE = new EnumMap<>(Map.of(
            WAITING,
            Map.of(
                    Event.UNBLOCKED, READY,
                    Event.DEPENDENCY_FAILED, SKIPPED,
                    Event.WITHHELD, SKIPPED,
                    Event.STARTED, RUNNING, // it runs already, since an earlier run
                    Event.SUCCEEDED, DONE,
                    Event.FAILED, FAILED),
            READY,
            Map.of(
                    Event.BLOCKED, WAITING,
                    Event.STARTED, RUNNING,
                    Event.WITHHELD, SKIPPED,
                    Event.FAILED, FAILED), // it cannot even be started
            RUNNING,
            Map.of(Event.POSTPONED, WAITING, Event.SUCCEEDED, DONE, Event.FAILED, FAILED),
            FAILED,
            Map.of(Event.RETRIED, WAITING),
            SKIPPED,
            Map.of(Event.RETRIED, WAITING)));

    /**
     * Returns the phase that follows.
     *
     * @param event the event
     * @return the next phase
     * @throws IllegalStateException if the event cannot happen in this phase
     */
    public Phase after(Event event) {
        Phase next = TABLE.getOrDefault(this, Map.of()).get(event);
        if (next == null) {
            throw new IllegalStateException("A job that is " + this + " cannot have the event " + event);
        }
        return next;
    }

    /**
     * Returns whether a job in this phase has ended. It stays there unless it is tried again.
     *
     * @return true if it is done, failed or skipped
     */
    public boolean isFinal() {
        return this == DONE || isLost();
    }

    /** Returns whether the dependents of a job in this phase cannot run. */
    boolean isLost() {
        return this == FAILED || this == SKIPPED;
    }
}
