/** The launcher of type {@code slurm}: directives, scripts, and readers of the output of Slurm's commands. */
@NullMarked
package org.experimaestro.launcher.slurm;

import org.jspecify.annotations.NullMarked;
