package org.experimaestro.tui.model;

import java.util.List;
import java.util.Optional;
import org.experimaestro.tui.client.ViewQuestion;
import org.experimaestro.tui.keys.KeyScope;
import org.experimaestro.tui.screen.ScreenSize;

/** A screen with the state that is its own, such as the cursor. Confined to the view's thread. */
public sealed interface Place permits RunsPlace, RunPlace, BesidePlace, JobsPlace, JobPlace, ComparePlace, TablePlace {
    /** Returns the keys that it has. */
    KeyScope scope();

    /**
     * Returns the questions whose answers it shows.
     *
     * @param answers the answers that are known
     * @param size the size of the screen
     * @return the questions, the most important one first
     */
    List<ViewQuestion<?>> questions(Answers answers, ScreenSize size);

    /** Moves the cursor by some lines; large numbers lead to the ends. */
    void move(Answers answers, int delta);

    /** Returns what the cursor stands on opens; empty if that is nothing. */
    default Optional<Place> open(Answers answers) {
        return Optional.empty();
    }

    /** Returns the run that the place is about. */
    Optional<String> run();

    /** Returns what an action would be for. */
    default Optional<ActionSubject> subject(Answers answers) {
        return Optional.empty();
    }

    /** Returns the text that is copied. */
    Optional<String> copied(Answers answers);

    /** Takes a new answer to one of the place's questions. */
    default void answered(Answers answers) {}
}
