/** Bundles: results as one file, which opens as a read-only workspace. */
@NullMarked
package org.experimaestro.copy.bundle;

import org.jspecify.annotations.NullMarked;
