/** The protection of a thread on which others depend from exceptions of the code that it runs. */
@NullMarked
package org.experimaestro.engine.guard;

import org.jspecify.annotations.NullMarked;
