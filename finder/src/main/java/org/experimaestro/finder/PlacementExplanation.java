package org.experimaestro.finder;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import org.experimaestro.LaunchException;
import org.experimaestro.Launcher;
import org.experimaestro.Requirement;
import org.experimaestro.requirement.Alternative;
import org.experimaestro.spi.Placement;

/**
 * Why a request was resolved as it was. Immutable.
 *
 * @param file what messages call the launcher file
 * @param parts one for each alternative, the preferred one first
 * @param chosen the placement; empty if nothing meets the request
 */
public record PlacementExplanation(String file, List<Part> parts, Optional<Placement> chosen) {

    /** Copies the list. */
    public PlacementExplanation {
        parts = List.copyOf(parts);
    }

    /**
     * An alternative, with all places where it might have been met.
     *
     * @param alternative what is asked for
     * @param places all places, the best first
     */
    public record Part(Alternative alternative, List<Place> places) {

        /** Copies the list. */
        public Part {
            places = List.copyOf(places);
        }
    }

    /**
     * A place.
     *
     * @param by the dynamic launcher that chooses from it; empty if it competes by itself
     * @param launcher the launcher
     * @param partition its partition; empty if the file describes none
     * @param host the kind of host; empty if the file describes none
     * @param refusals all reasons why it does not meet the alternative
     * @param placement what the job would get there; there if and only if there is no reason against it
     */
    public record Place(
            Optional<String> by,
            String launcher,
            Optional<String> partition,
            Optional<String> host,
            List<Refusal> refusals,
            Optional<Placement> placement) {

        /** Copies the list. */
        public Place {
            refusals = List.copyOf(refusals);
        }

        /**
         * Whether it meets the alternative.
         *
         * @return true if there is no reason against it
         */
        public boolean isMatch() {
            return placement.isPresent();
        }
    }

    /**
     * The chosen placement, for those who cannot go on without one.
     *
     * @param requirement what was asked for
     * @param tags tags that were asked for
     * @return the placement
     * @throws LaunchException if nothing meets the requirement, with all reasons
     */
    public Placement required(Requirement requirement, SortedSet<String> tags) {
        return chosen.orElseThrow(() -> Refusals.exception(
                Launcher.find(requirement).tags(tags.toArray(String[]::new)), Optional.empty(), this));
    }
}
