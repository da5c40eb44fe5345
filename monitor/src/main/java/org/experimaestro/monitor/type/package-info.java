/** Configuration types as the annotation processor described them, read without loading a class. */
@NullMarked
package org.experimaestro.monitor.type;

import org.jspecify.annotations.NullMarked;
