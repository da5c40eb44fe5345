/**
 * A real Slurm cluster and a real SSH server on this machine, and what runs on them: the packed program, as a user runs it.
 */
@NullMarked
package org.experimaestro.cluster;

import org.jspecify.annotations.NullMarked;
