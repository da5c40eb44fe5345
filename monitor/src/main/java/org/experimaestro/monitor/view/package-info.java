/** Immutable views of jobs, runs and experiments, and searches and filters for them. */
@NullMarked
package org.experimaestro.monitor.view;

import org.jspecify.annotations.NullMarked;
