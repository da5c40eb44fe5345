package org.experimaestro.tui.model;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.experimaestro.tui.wire.WireFound;

/** The matches that a search in a log has found so far. Confined to the view's thread. */
public final class LogFinds {
    private final String text;
    private final boolean isPattern;
    private final List<Long> places = new ArrayList<>();
    private int index = -1;
    private int total;
    private boolean isDone;
    private String problem = "";

    LogFinds(String text, boolean isPattern) {
        this.text = text;
        this.isPattern = isPattern;
    }

    /** Takes a line of the search. Returns where to go, for the first match. */
    OptionalLong add(WireFound found) {
        found.problem().ifPresent(stopped -> problem = stopped.text());
        isDone |= found.done() || found.problem().isPresent();
        total = Math.max(total, found.matches());
        if (found.at().isEmpty()) {
            return OptionalLong.empty();
        }
        places.add(found.at().getAsLong());
        total = Math.max(total, places.size());
        return places.size() == 1 ? next(1) : OptionalLong.empty();
    }

    /** Goes some matches on, and round at the ends. Returns where the match is. */
    OptionalLong next(int delta) {
        if (places.isEmpty()) {
            return OptionalLong.empty();
        }
        index = index < 0 ? 0 : Math.floorMod(index + delta, places.size());
        return OptionalLong.of(places.get(index));
    }

    /** Returns the text that is searched for. */
    public String text() {
        return text;
    }

    /** Returns whether it is a regular expression. */
    public boolean isPattern() {
        return isPattern;
    }

    /** Returns the place of the match that is shown; empty before there is one. */
    public OptionalLong at() {
        return index < 0 ? OptionalLong.empty() : OptionalLong.of(places.get(index));
    }

    /** Returns the search in words. */
    public String words() {
        if (!problem.isEmpty()) {
            return problem;
        }
        String found = places.isEmpty()
                ? isDone ? "found nowhere" : "searching"
                : (index + 1) + " of " + total + (isDone ? "" : " so far");
        return found;
    }
}
