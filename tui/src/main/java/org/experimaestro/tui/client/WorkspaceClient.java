package org.experimaestro.tui.client;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.experimaestro.tui.wire.WireAction;
import org.experimaestro.tui.wire.WireFound;
import org.experimaestro.tui.wire.WireProblem;

/** A workspace that the terminal view asks, in this process or elsewhere. Thread-safe. */
public interface WorkspaceClient {
    /**
     * Asks once.
     *
     * @param <T> the type of the answer
     * @param question the question
     * @return the answer
     * @throws RefusedQuestion if there is none
     */
    <T extends Record> T ask(ViewQuestion<T> question) throws RefusedQuestion;

    /**
     * Plans or performs an action.
     *
     * @param action the name of the action, such as {@code kill}
     * @param question the members of its question
     * @return its effects
     * @throws RefusedQuestion if nothing was done
     */
    WireAction act(String action, Map<String, Object> question) throws RefusedQuestion;

    /**
     * Searches a log, until it has come to the end or nobody wants more.
     *
     * @param path the path of the search with its query
     * @param next takes what is found, and returns whether to go on
     * @throws RefusedQuestion if the log cannot be searched
     */
    void search(String path, Predicate<WireFound> next) throws RefusedQuestion;

    /**
     * Asks for answers now and whenever they change.
     *
     * @param questions the questions, 32 at most
     * @param listener takes the answers, in a thread of the client
     * @return the stream, to be closed
     */
    Stream live(List<ViewQuestion<?>> questions, Listener listener);

    /** A listener to a stream. */
    interface Listener {
        /**
         * Takes an answer.
         *
         * @param question the question
         * @param answer its record
         */
        void answered(ViewQuestion<?> question, Record answer);

        /**
         * Takes a refusal.
         *
         * @param question the question
         * @param problem the reason
         */
        void refused(ViewQuestion<?> question, WireProblem problem);

        /**
         * Takes the sign that the workspace is watched.
         *
         * @param at the time at which its files were last read
         */
        void beat(Instant at);

        /**
         * Takes the end of a stream that nobody has closed.
         *
         * @param problem the reason
         */
        void lost(WireProblem problem);
    }

    /** A stream of answers. */
    interface Stream extends AutoCloseable {
        @Override
        void close();
    }
}
