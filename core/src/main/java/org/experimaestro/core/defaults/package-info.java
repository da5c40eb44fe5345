/** A reader of the values that annotations give as text. */
@NullMarked
package org.experimaestro.core.defaults;

import org.jspecify.annotations.NullMarked;
