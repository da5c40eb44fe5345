/** Microbenchmarks (JMH) of what a plan does most: building configurations, and identifying them. */
@NullMarked
package org.experimaestro.benchmarks;

import org.jspecify.annotations.NullMarked;
