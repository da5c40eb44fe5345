package org.experimaestro.monitor.forecast;

import java.time.Duration;
import java.util.Optional;

/**
 * A time left, or the reason why none can be known. Immutable.
 *
 * @param left the estimated time; empty if it cannot be known
 * @param basis what the estimate follows from; if there is none, the reason
 */
public record Forecast(Optional<Duration> left, String basis) {

    /**
     * Creates an estimate.
     *
     * @param left the time left
     * @param basis what it follows from
     * @return the forecast
     */
    public static Forecast of(Duration left, String basis) {
        return new Forecast(Optional.of(left.isNegative() ? Duration.ZERO : left), basis);
    }

    /**
     * Creates a forecast without an estimate.
     *
     * @param reason the reason
     * @return the forecast
     */
    public static Forecast withheld(String reason) {
        return new Forecast(Optional.empty(), reason);
    }
}
