package org.experimaestro.finder;

import java.util.Optional;
import org.experimaestro.spi.HostDescription;
import org.experimaestro.spi.HostPlacement;
import org.experimaestro.spi.Placement;

/**
 * A candidate that was tried for an alternative of a request, whether it meets the alternative or not.
 *
 * @param candidate the candidate
 * @param place the result
 * @param notice a notice about its choice that the user should read once
 */
record Match(Candidate candidate, PlacementExplanation.Place place, Optional<String> notice) {
    /** Returns its host. */
    Optional<HostDescription> host() {
        return candidate.host().map(FileLauncher.Host::description);
    }

    /** Returns the placement there, of a candidate that meets the alternative. */
    Placement placement() {
        return place.placement().orElseThrow();
    }

    /** Returns the placement with its host. */
    HostPlacement placed() {
        return new HostPlacement(placement(), host());
    }

    /** Returns whether the jobs there would be on a host with accelerators. */
    boolean hasAccelerators() {
        return host().filter(found -> !found.accelerators().isEmpty()).isPresent();
    }

    /** Returns the same with a notice. */
    Match with(Optional<String> other) {
        return new Match(candidate, place, other);
    }
}
