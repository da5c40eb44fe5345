/** The execution of jobs on this machine, each in a process and session of its own. */
@NullMarked
package org.experimaestro.engine.local;

import org.jspecify.annotations.NullMarked;
