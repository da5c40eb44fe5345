/** The clock of the plan's process. */
@NullMarked
package org.experimaestro.engine.time;

import org.jspecify.annotations.NullMarked;
