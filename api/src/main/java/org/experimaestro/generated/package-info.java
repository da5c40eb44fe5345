/** The API for generated builders. Code that people write does not use it. */
@NullMarked
package org.experimaestro.generated;

import org.jspecify.annotations.NullMarked;
