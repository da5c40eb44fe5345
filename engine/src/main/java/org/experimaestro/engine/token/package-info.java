/** The tokens that the jobs of a run hold, shared with other runs. */
@NullMarked
package org.experimaestro.engine.token;

import org.jspecify.annotations.NullMarked;
