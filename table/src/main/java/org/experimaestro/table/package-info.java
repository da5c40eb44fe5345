/**
 * The table for a paper. Jobs are grouped into cells, cells get statistics and marks, and a class for each format writes
 * the result.
 *
 * <p>No job's process loads this module, nor its library of statistics.
 */
@NullMarked
package org.experimaestro.table;

import org.jspecify.annotations.NullMarked;
