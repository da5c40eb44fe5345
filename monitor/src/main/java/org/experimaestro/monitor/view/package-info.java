/** What is known of jobs, runs and experiments, as values that do not change, and how the wanted ones are found. */
@NullMarked
package org.experimaestro.monitor.view;

import org.jspecify.annotations.NullMarked;
