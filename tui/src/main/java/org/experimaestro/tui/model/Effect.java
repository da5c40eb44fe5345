package org.experimaestro.tui.model;

import java.util.Map;
import org.experimaestro.tui.client.ViewQuestion;
import org.experimaestro.tui.wire.WireAddress;
import org.experimaestro.tui.wire.WireLog;

/** Work that is not the model's: its results come back as messages. */
public sealed interface Effect {
    /**
     * Reads a part of a log.
     *
     * @param job the job
     * @param generation the number of the stream that is shown
     * @param part where the part belongs
     * @param question the question
     */
    record ReadLog(String job, int generation, JobPlace.Part part, ViewQuestion<WireLog> question) implements Effect {}

    /**
     * Reads the end of the log of an action or a service.
     *
     * @param question the question
     */
    record ReadTail(ViewQuestion<WireLog> question) implements Effect {}

    /**
     * Asks for the address of a service, whose port is then forwarded if it is on another machine.
     *
     * @param service the name of the service
     * @param process the process of it that is meant, as {@link BesideLine#listening} names it
     * @param question the question
     */
    record FindAddress(String service, String process, ViewQuestion<WireAddress> question) implements Effect {}

    /**
     * Searches a log, in place of any other search.
     *
     * @param job the job
     * @param text the text
     * @param path the path of the search
     */
    record SearchLog(String job, String text, String path) implements Effect {}

    /**
     * Asks what an action would do.
     *
     * @param action the action
     * @param question the members of the question
     */
    record PlanAction(String action, Map<String, Object> question) implements Effect {}

    /**
     * Performs an action that was confirmed.
     *
     * @param action the action
     * @param question the members of the question
     */
    record PerformAction(String action, Map<String, Object> question) implements Effect {}

    /**
     * Looks for a job by a part of its identifier.
     *
     * @param word the part
     */
    record FindJob(String word) implements Effect {}

    /**
     * Gives a text to the clipboard.
     *
     * @param text the text
     */
    record CopyText(String text) implements Effect {}

    /**
     * Asks the terminal for clicks, or no more.
     *
     * @param isWanted whether clicks are inputs
     */
    record UseMouse(boolean isWanted) implements Effect {}

    /** Prints the plain text of the screen on the user's screen. */
    record PrintPlain() implements Effect {}

    /** Draws all of the screen again. */
    record RedrawAll() implements Effect {}

    /** Suspends the process. */
    record SuspendView() implements Effect {}
}
