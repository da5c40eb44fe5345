package org.experimaestro.web.remote;

import java.util.Arrays;
import java.util.Optional;

/** The meaning of a frame, with its number on the wire. */
enum FrameKind {
    /** A sign of life, of both sides; it belongs to no answer. */
    BEAT(0),
    /** A request of the client: JSON. */
    REQUEST(1),
    /** The number of bytes of an answer that the client has taken since it last told: it makes room for as many. */
    TAKEN(2),
    /** The client wants no more of an answer. */
    CANCEL(3),
    /** The status and the headers of an answer: JSON. */
    HEAD(4),
    /** A part of the body of an answer. */
    DATA(5),
    /** The body of an answer is complete. */
    DONE(6),
    /** The body of an answer could not be read to its end: a text with the reason. */
    FAILED(7),
    /** The client ends: actions that wait are to be dropped. */
    END(8),
    /** The actions that were dropped, as the last frame: a list of JSON. */
    ENDED(9);

    private final int number;

    FrameKind(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    /** Returns the kind with a number; empty if there is none. */
    static Optional<FrameKind> of(int number) {
        return Arrays.stream(values()).filter(kind -> kind.number == number).findFirst();
    }
}
