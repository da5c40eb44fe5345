/** The launcher file, and the choice of where a job runs. */
@NullMarked
package org.experimaestro.finder;

import org.jspecify.annotations.NullMarked;
