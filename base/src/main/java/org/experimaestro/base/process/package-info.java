/** A process's own data: its variables, and the line of the plan that it executes. */
@NullMarked
package org.experimaestro.base.process;

import org.jspecify.annotations.NullMarked;
