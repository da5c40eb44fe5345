package org.experimaestro.tui.model;

import java.time.Instant;
import org.experimaestro.tui.client.ViewQuestion;
import org.experimaestro.tui.screen.KeyPress;
import org.experimaestro.tui.screen.ScreenSize;
import org.experimaestro.tui.wire.WireAction;
import org.experimaestro.tui.wire.WireAddress;
import org.experimaestro.tui.wire.WireFound;
import org.experimaestro.tui.wire.WireLog;
import org.experimaestro.tui.wire.WireProblem;
import org.experimaestro.tui.wire.WireRows;

/** News for the view. */
public sealed interface Message {
    /**
     * A key was pressed.
     *
     * @param key the key
     */
    record Pressed(KeyPress key) implements Message {}

    /**
     * A line of the screen was clicked.
     *
     * @param row the line, from 0
     */
    record Clicked(int row) implements Message {}

    /**
     * The screen has another size.
     *
     * @param size the size
     */
    record Resized(ScreenSize size) implements Message {}

    /**
     * An answer has come.
     *
     * @param question the question
     * @param answer the answer
     */
    record Answered(ViewQuestion<?> question, Record answer) implements Message {}

    /**
     * A question is not answered.
     *
     * @param question the question
     * @param problem the reason
     */
    record Refused(ViewQuestion<?> question, WireProblem problem) implements Message {}

    /**
     * Time has passed.
     *
     * @param read the time at which the files were last read
     * @param now the time now
     */
    record Beat(Instant read, Instant now) implements Message {}

    /**
     * No more answers come.
     *
     * @param problem the reason
     */
    record Lost(WireProblem problem) implements Message {}

    /**
     * A part of a log was read.
     *
     * @param effect the question for it
     * @param part the part
     */
    record LogRead(Effect.ReadLog effect, WireLog part) implements Message {}

    /**
     * A part of a log was not read.
     *
     * @param effect the question for it
     * @param problem the reason
     */
    record LogRefused(Effect.ReadLog effect, WireProblem problem) implements Message {}

    /**
     * The end of the log of an action or a service was read.
     *
     * @param effect the question for it
     * @param tail the end
     */
    record TailRead(Effect.ReadTail effect, WireLog tail) implements Message {}

    /**
     * The end of the log of an action or a service was not read.
     *
     * @param effect the question for it
     * @param problem the reason
     */
    record TailRefused(Effect.ReadTail effect, WireProblem problem) implements Message {}

    /**
     * The address of a service is known.
     *
     * @param effect the question for it
     * @param address the address on this machine
     */
    record AddressFound(Effect.FindAddress effect, WireAddress address) implements Message {}

    /**
     * A search has found something.
     *
     * @param effect the search
     * @param found a match, the progress or the end
     */
    record LogFound(Effect.SearchLog effect, WireFound found) implements Message {}

    /**
     * It is known what an action would do.
     *
     * @param effect the question
     * @param plan the answer
     */
    record Planned(Effect.PlanAction effect, WireAction plan) implements Message {}

    /**
     * An action was performed.
     *
     * @param effect the action
     * @param result its effects
     */
    record Performed(Effect.PerformAction effect, WireAction result) implements Message {}

    /**
     * Jobs were looked for.
     *
     * @param word the part of their identifier
     * @param rows the first of them
     */
    record JobsFound(String word, WireRows rows) implements Message {}

    /**
     * Something was not done.
     *
     * @param problem the reason
     */
    record Failed(WireProblem problem) implements Message {}
}
