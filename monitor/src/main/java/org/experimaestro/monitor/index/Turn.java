package org.experimaestro.monitor.index;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * A place in the entries of listings, from which each refresh takes the next ones. Confined to the holder of the index's
 * lock.
 */
final class Turn {
    private String listing = "";
    private String entry = "";

    /**
     * Takes the next entries, listing by listing.
     *
     * @param listings the listings by name
     * @param most the largest number of entries
     * @return fewer entries at the end of the last listing; the next call begins with the first one again
     */
    <E> List<E> next(SortedMap<String, Listing<E>> listings, int most) {
        List<E> next = new ArrayList<>();
        for (Map.Entry<String, Listing<E>> each : listings.tailMap(listing).entrySet()) {
            // Adding the least character gives the least text after the last name.
            String from = each.getKey().equals(listing) ? entry + '\0' : "";
            for (Map.Entry<String, E> found :
                    each.getValue().entries().tailMap(from).entrySet()) {
                if (next.size() == most) {
                    return next;
                }
                next.add(found.getValue());
                listing = each.getKey();
                entry = found.getKey();
            }
        }
        listing = "";
        entry = "";
        return next;
    }
}
