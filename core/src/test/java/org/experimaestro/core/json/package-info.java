/** Tests of the JSON codec; Jackson is the oracle. */
@NullMarked
package org.experimaestro.core.json;

import org.jspecify.annotations.NullMarked;
