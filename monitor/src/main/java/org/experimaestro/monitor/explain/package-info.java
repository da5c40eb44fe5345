/** What entered an identifier, and why two jobs differ. */
@NullMarked
package org.experimaestro.monitor.explain;

import org.jspecify.annotations.NullMarked;
