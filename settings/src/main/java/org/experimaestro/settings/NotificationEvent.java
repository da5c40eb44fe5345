package org.experimaestro.settings;

/** The events of a run about which somebody may want to know. */
public enum NotificationEvent {
    /** The first job of the run has failed; later, further jobs have. */
    FAILURE,
    /** The run has ended, was stopped, or its process has died. */
    END,
    /** Some jobs run, and for a while none of them has ended, printed, or reported progress. */
    STALL;

    /**
     * Returns the event as settings and messages name it.
     *
     * @return the name in lower case
     */
    public String word() {
        return switch (this) {
            case FAILURE -> "failure";
            case END -> "end";
            case STALL -> "stall";
        };
    }
}
