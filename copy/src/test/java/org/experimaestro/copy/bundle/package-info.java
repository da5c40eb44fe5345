/** Tests of copies. */
@NullMarked
package org.experimaestro.copy.bundle;

import org.jspecify.annotations.NullMarked;
