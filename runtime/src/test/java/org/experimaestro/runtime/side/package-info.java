@NullMarked
package org.experimaestro.runtime.side;

import org.jspecify.annotations.NullMarked;
