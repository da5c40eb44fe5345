/** Descriptors made by reflection, for classes without a generated descriptor. */
@NullMarked
package org.experimaestro.core.reflect;

import org.jspecify.annotations.NullMarked;
