/** Immutable views of jobs, runs and experiments, and searches for them. */
@NullMarked
package org.experimaestro.monitor.view;

import org.jspecify.annotations.NullMarked;
