/** The processes that people start beside a run: the executions of its actions, and its services. */
@NullMarked
package org.experimaestro.runtime.side;

import org.jspecify.annotations.NullMarked;
