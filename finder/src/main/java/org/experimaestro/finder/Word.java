package org.experimaestro.finder;

import org.experimaestro.settings.WrittenAs;

/** A text of the launcher file as it is written: {@code 1} and {@code true} need no quotes. */
@WrittenAs(one = "a text", many = "texts")
record Word(String text) {
    static Word parse(String text) {
        return new Word(text);
    }
}
