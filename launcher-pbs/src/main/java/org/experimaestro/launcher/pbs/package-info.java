/**
 * The launcher of type {@code pbs}, for PBS Professional and OpenPBS: directives, scripts, and readers of what qstat and
 * pbsnodes print. Made after the manual pages; tested with recorded outputs only.
 */
@NullMarked
package org.experimaestro.launcher.pbs;

import org.jspecify.annotations.NullMarked;
