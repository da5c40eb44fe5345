/** Listings: the options that all of them share, their columns, and their output as a table, as JSON or on a screen. */
@NullMarked
package org.experimaestro.cli.listing;

import org.jspecify.annotations.NullMarked;
