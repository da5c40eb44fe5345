/** The code from which a run was made: its commit and its changes, its sources, and the folder that has them again. */
@NullMarked
package org.experimaestro.engine.provenance;

import org.jspecify.annotations.NullMarked;
