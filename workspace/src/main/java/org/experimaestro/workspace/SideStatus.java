package org.experimaestro.workspace;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The state of a process beside a run, computed from its files.
 *
 * @param state the state
 * @param process the process; empty if it has not begun
 * @param port the port at which a service listens, once it is ready
 * @param text the result of an action, or the reason of a failure; empty if there is none
 * @param started the time when somebody asked for it; empty if the file cannot be read
 * @param ended the time of its end; empty before, and if nobody has written it
 */
public record SideStatus(
        State state,
        Optional<ProcessIdentity> process,
        OptionalInt port,
        String text,
        Optional<Instant> started,
        Optional<Instant> ended) {

    /** The states. */
    public enum State {
        /** It is being started, or a service is not ready. */
        STARTING,
        /** It runs. */
        RUNNING,
        /** An action has ended well. */
        DONE,
        /** It has failed. */
        FAILED,
        /** A person has stopped it. */
        STOPPED,
        /** It is gone without a word: killed, crashed, or its machine stopped. */
        VANISHED,
        /** It is a process of another host, which cannot be seen from here. */
        ELSEWHERE;

        /**
         * Returns the word for people.
         *
         * @return lower case
         */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Returns whether the process may still run.
     *
     * @return true before its end
     */
    public boolean isActive() {
        return state == State.STARTING || state == State.RUNNING || state == State.ELSEWHERE;
    }
}
