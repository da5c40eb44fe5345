package org.experimaestro.spi;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The most time and memory that a request can get. Immutable.
 *
 * @param duration the longest duration with which a launcher meets the request; empty if there is no limit, or it is not
 *     known
 * @param memory the most bytes of main memory with which a launcher meets the request; empty if there is no limit, or it
 *     is not known
 */
public record RequestLimits(Optional<Duration> duration, OptionalLong memory) {
    /** No known limits. */
    public static final RequestLimits NONE = new RequestLimits(Optional.empty(), OptionalLong.empty());
}
