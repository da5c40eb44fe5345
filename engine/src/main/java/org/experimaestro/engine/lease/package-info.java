/** What the jobs of one user hold of a host: cores, memory and accelerators, shared by all runs. */
@NullMarked
package org.experimaestro.engine.lease;

import org.jspecify.annotations.NullMarked;
