package org.experimaestro.finder;

import org.experimaestro.requirement.Quantities;
import org.experimaestro.settings.WrittenAs;

/** A number of bytes, written as in requirements. */
@WrittenAs(one = "an amount of memory such as 16G", many = "amounts of memory such as 16G")
record Amount(long bytes) {
    static Amount parse(String text) {
        return new Amount(Quantities.bytes(text));
    }
}
