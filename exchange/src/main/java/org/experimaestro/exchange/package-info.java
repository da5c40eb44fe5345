/** Results of runs in the formats of other tools. */
@NullMarked
package org.experimaestro.exchange;

import org.jspecify.annotations.NullMarked;
