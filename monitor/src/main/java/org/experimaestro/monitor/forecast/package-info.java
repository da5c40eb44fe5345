/** Forecasts of the time that jobs and runs still take. */
@NullMarked
package org.experimaestro.monitor.forecast;

import org.jspecify.annotations.NullMarked;
