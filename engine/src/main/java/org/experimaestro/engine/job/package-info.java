/** What every way to run a job shares: the claim, the code, the command of its process, and waiting for its end. */
@NullMarked
package org.experimaestro.engine.job;

import org.jspecify.annotations.NullMarked;
