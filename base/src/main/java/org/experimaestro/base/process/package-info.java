/** A process's own data: its variables, the line of the plan that it executes, and sessions for others. */
@NullMarked
package org.experimaestro.base.process;

import org.jspecify.annotations.NullMarked;
