package org.experimaestro.internal.requirement;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.experimaestro.Requirement.Accelerator;
import org.experimaestro.Requirement.Alternative;

/** An alternative in the making: it asks for nothing until its fields are set. */
final class Draft {
    Optional<Duration> duration = Optional.empty();
    int cores;
    long memory;
    List<Accelerator> accelerators = List.of();
    OptionalLong heap = OptionalLong.empty();
    OptionalInt jdk = OptionalInt.empty();
    boolean exclusive;
    Set<String> features = Set.of();

    Alternative toAlternative() {
        return new Alternative(duration, cores, memory, accelerators, heap, jdk, exclusive, new TreeSet<>(features));
    }
}
