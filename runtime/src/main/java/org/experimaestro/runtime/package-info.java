@NullMarked
package org.experimaestro.runtime;

import org.jspecify.annotations.NullMarked;
