/** The shares of a host that the jobs of one user hold, in all runs: cores, memory and accelerators. */
@NullMarked
package org.experimaestro.engine.lease;

import org.jspecify.annotations.NullMarked;
