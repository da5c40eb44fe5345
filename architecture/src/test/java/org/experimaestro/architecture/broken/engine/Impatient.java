package org.experimaestro.architecture.broken.engine;

import java.time.Instant;
import java.util.function.Supplier;

/** Asks the system for the time. */
final class Impatient {
    Supplier<Instant> time() {
        return Instant::now;
    }
}
