/** Gives jobs to batch systems and watches over them: one client for each system, for all jobs of this process. */
@NullMarked
package org.experimaestro.engine.batch;

import org.jspecify.annotations.NullMarked;
