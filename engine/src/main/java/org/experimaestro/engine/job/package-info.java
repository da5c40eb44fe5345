/**
 * The parts that all executions of a job share: the claim, the code, the command of its process, and the wait for its
 * end.
 */
@NullMarked
package org.experimaestro.engine.job;

import org.jspecify.annotations.NullMarked;
