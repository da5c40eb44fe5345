/** Configuration types: their parameters, and the binding, checking and encoding of values. Not for users. */
@NullMarked
package org.experimaestro.model.type;

import org.jspecify.annotations.NullMarked;
