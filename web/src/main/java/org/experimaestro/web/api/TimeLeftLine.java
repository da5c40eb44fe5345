package org.experimaestro.web.api;

import java.time.Duration;
import java.util.Optional;
import org.experimaestro.monitor.forecast.Forecast;

/**
 * The time that jobs still take.
 *
 * @param seconds the time; empty if it cannot be known
 * @param basis what it follows from, or why it is not known
 */
record TimeLeftLine(Optional<Duration> seconds, String basis) {
    static TimeLeftLine of(Forecast forecast) {
        return new TimeLeftLine(forecast.left().map(left -> Duration.ofSeconds(left.toSeconds())), forecast.basis());
    }
}
