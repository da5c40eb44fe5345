/** What keeps a thread alive that others count on. */
@NullMarked
package org.experimaestro.engine.guard;

import org.jspecify.annotations.NullMarked;
