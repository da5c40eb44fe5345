package org.experimaestro.web;

import java.util.ArrayList;
import java.util.List;

/**
 * The actions that a view leaves behind at its end. Immutable.
 *
 * @param dropped those that will never be performed, such as {@code clean of 3 jobs}
 * @param unknown a sentence about those that may have been performed, because another host has not answered; an empty text
 *     if there are none
 */
public record DroppedActions(List<String> dropped, String unknown) {
    /** No actions. */
    public static final DroppedActions NONE = new DroppedActions(List.of(), "");

    /** Creates a value. */
    public DroppedActions {
        dropped = List.copyOf(dropped);
    }

    /**
     * Returns the sentences that tell of them.
     *
     * @param end the end of the view, as a clause, such as {@code You left}
     * @return no, one or two sentences
     */
    public List<String> sentences(String end) {
        List<String> sentences = new ArrayList<>();
        if (!dropped.isEmpty()) {
            sentences.add(end + " before the time of these actions, which have changed nothing: "
                    + String.join("; ", dropped));
        }
        if (!unknown.isEmpty()) {
            sentences.add(unknown);
        }
        return sentences;
    }
}
