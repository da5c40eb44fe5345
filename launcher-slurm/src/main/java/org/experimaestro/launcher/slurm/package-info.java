/** The launcher of type {@code slurm}: directives, scripts, and readers of what Slurm's commands print. */
@NullMarked
package org.experimaestro.launcher.slurm;

import org.jspecify.annotations.NullMarked;
