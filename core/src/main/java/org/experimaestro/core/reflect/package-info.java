/** Descriptors made by reflection, for classes that the annotation processor has not seen. */
@NullMarked
package org.experimaestro.core.reflect;

import org.jspecify.annotations.NullMarked;
