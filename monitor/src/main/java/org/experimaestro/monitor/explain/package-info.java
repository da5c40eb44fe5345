/** Explanations of identifiers and of differences between jobs. */
@NullMarked
package org.experimaestro.monitor.explain;

import org.jspecify.annotations.NullMarked;
