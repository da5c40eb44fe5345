/** The launcher file, and the choice of the place where a job runs. */
@NullMarked
package org.experimaestro.finder;

import org.jspecify.annotations.NullMarked;
