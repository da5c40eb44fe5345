/**
 * The launcher of type {@code pbs}, for PBS Professional and OpenPBS: directives, scripts, and readers of the output
 * of qstat and pbsnodes. Written from the manual pages; tested with recorded
 * outputs, and with a stand-in that starts real processes.
 */
@NullMarked
package org.experimaestro.launcher.pbs;

import org.jspecify.annotations.NullMarked;
