package org.experimaestro.finder;

import java.time.Duration;
import org.experimaestro.requirement.Quantities;
import org.experimaestro.settings.WrittenAs;

/** A duration, written as in requirements. */
@WrittenAs(one = "a duration such as 2 days", many = "durations such as 2 days")
record TimeSpan(Duration duration) {
    static TimeSpan parse(String text) {
        return new TimeSpan(Quantities.duration(text));
    }
}
