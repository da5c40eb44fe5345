/** The texts between a task and its program: parameters in, measurements and progress out. */
@NullMarked
package org.experimaestro.core.program;

import org.jspecify.annotations.NullMarked;
