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
 * An explanation of the choice for a request. Immutable.
 *
 * @param file the launcher file's name in messages
 * @param parts a part for each alternative, the preferred alternative first
 * @param chosen the placement; empty if nothing meets the request
 * @param offered the places of the placement and of its alternatives, of which a job gets one; none if nothing meets
 *     the request
 */
public record PlacementExplanation(String file, List<Part> parts, Optional<Placement> chosen, List<Place> offered) {

    /** Copies the lists. */
    public PlacementExplanation {
        parts = List.copyOf(parts);
        offered = List.copyOf(offered);
    }

    /**
     * An alternative, with all candidates.
     *
     * @param alternative the alternative
     * @param places all candidates, the best first
     */
    public record Part(Alternative alternative, List<Place> places) {

        /** Copies the list. */
        public Part {
            places = List.copyOf(places);
        }
    }

    /**
     * A candidate, with the reasons against it or its placement.
     *
     * @param by the dynamic launcher that chooses from it; empty if it competes by itself
     * @param launcher the launcher
     * @param partition its partition; empty if the file describes none
     * @param host the kind of host; empty if the file describes none
     * @param refusals all reasons why it does not meet the alternative
     * @param placement the placement of the job there; present if and only if there is no reason against it
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
         * Returns whether the candidate meets the alternative.
         *
         * @return true if there is no reason against it
         */
        public boolean isMatch() {
            return placement.isPresent();
        }
    }

    /**
     * Returns the chosen placement, for callers that need one.
     *
     * @param requirement the requirement
     * @param labels the required labels
     * @return the placement
     * @throws LaunchException if nothing meets the requirement, with all reasons
     */
    public Placement required(Requirement requirement, SortedSet<String> labels) {
        return chosen.orElseThrow(() -> Refusals.exception(
                Launcher.find(requirement).labels(labels.toArray(String[]::new)), Optional.empty(), this));
    }
}
