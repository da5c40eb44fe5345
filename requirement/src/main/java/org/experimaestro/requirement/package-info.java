/** The language of requirements: its reader, its combinations and its printer. */
@NullMarked
package org.experimaestro.requirement;

import org.jspecify.annotations.NullMarked;
