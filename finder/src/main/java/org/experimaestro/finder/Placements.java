package org.experimaestro.finder;

import java.util.Optional;
import java.util.SortedMap;
import org.experimaestro.spi.Placement;

/** Placements with something else in them. */
final class Placements {
    private Placements() {}

    static Placement withNotice(Placement placement, String notice) {
        return new Placement(
                placement.launcher(),
                placement.partition(),
                placement.host(),
                placement.resources(),
                placement.heap(),
                placement.jdk(),
                placement.environment(),
                placement.options(),
                placement.directives(),
                Optional.of(notice));
    }

    static Placement withEnvironment(Placement placement, SortedMap<String, String> environment) {
        return new Placement(
                placement.launcher(),
                placement.partition(),
                placement.host(),
                placement.resources(),
                placement.heap(),
                placement.jdk(),
                environment,
                placement.options(),
                placement.directives(),
                placement.notice());
    }
}
