/** Tests of copies. */
@NullMarked
package org.experimaestro.copy;

import org.jspecify.annotations.NullMarked;
