package org.experimaestro.tui.model;

import java.util.List;
import java.util.Map;
import org.experimaestro.tui.wire.WireAction;

/** Something above the screen that gets the keys first. */
public sealed interface Overlay permits Overlay.Prompt, Overlay.Confirmation, Overlay.Help, ActionForm {
    /**
     * A line that is edited.
     *
     * @param kind what it is for
     * @param field the text
     * @param before the text that Esc brings back
     * @param words what Tab completes to
     */
    record Prompt(Kind kind, TextField field, String before, List<String> words) implements Overlay {
        Prompt with(TextField edited) {
            return new Prompt(kind, edited, before, words);
        }
    }

    /** The purpose of a line that is edited. */
    enum Kind {
        /** The filter of jobs. */
        FILTER("/"),
        /** A search in a log. */
        SEARCH("/"),
        /** The names that jobs are grouped by. */
        GROUP("group by "),
        /** The name that jobs are sorted by. */
        SORT("sort by "),
        /** The number of jobs that a run has at once. */
        JOBS_HERE("jobs at once: "),
        /** The name of the place to go to. */
        GO_TO(":");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        /** Returns the text before the field. */
        public String label() {
            return label;
        }
    }

    /**
     * A question before an action: only {@code y} confirms it.
     *
     * @param action the action
     * @param question the members of the question that performs it
     * @param plan what it would do
     */
    record Confirmation(String action, Map<String, Object> question, WireAction plan) implements Overlay {}

    /**
     * The keys of the screen.
     *
     * @param top the first line that is shown
     */
    record Help(int top) implements Overlay {}
}
