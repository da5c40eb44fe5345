/** The time, as the plan's process sees it. */
@NullMarked
package org.experimaestro.engine.time;

import org.jspecify.annotations.NullMarked;
