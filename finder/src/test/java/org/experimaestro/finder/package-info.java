@NullMarked
package org.experimaestro.finder;

import org.jspecify.annotations.NullMarked;
