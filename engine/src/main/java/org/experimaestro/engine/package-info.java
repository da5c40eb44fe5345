/** The plan's process: submits, runs and reports. */
@NullMarked
package org.experimaestro.engine;

import org.jspecify.annotations.NullMarked;
