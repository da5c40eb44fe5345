package org.experimaestro.cli.listing;

import java.util.List;
import java.util.Optional;

/**
 * The columns of a listing.
 *
 * @param <R> the type of the rows
 */
public interface ListingColumns<R> {
    /** Returns the columns of JSON. */
    List<ListingColumn<R>> all();

    /** Returns the columns of the table without an option. */
    List<ListingColumn<R>> usual();

    /** Returns a column of another name, such as that of a tag; empty if no row has it. */
    default Optional<ListingColumn<R>> find(String name) {
        return Optional.empty();
    }

    /** Returns other names that {@link #find} knows, for suggestions. */
    default List<String> otherNames() {
        return List.of();
    }

    /**
     * Columns of which each is known from the beginning.
     *
     * @param all the columns of JSON
     * @param usual the columns of the table without an option
     * @param <R> the type of the rows
     */
    record Fixed<R>(List<ListingColumn<R>> all, List<ListingColumn<R>> usual) implements ListingColumns<R> {}
}
