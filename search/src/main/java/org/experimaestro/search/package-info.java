/**
 * Searches for the best settings. A space is read into axes, a sampler chooses a position on each axis, and the axes
 * turn positions into a record.
 *
 * <p>No job's process loads this module, nor its library of Sobol sequences.
 */
@NullMarked
package org.experimaestro.search;

import org.jspecify.annotations.NullMarked;
