@NullMarked
package org.experimaestro.core.defaults;

import org.jspecify.annotations.NullMarked;
