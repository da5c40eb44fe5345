/** The run of a plan in its process: submissions, jobs, and the report. */
@NullMarked
package org.experimaestro.engine;

import org.jspecify.annotations.NullMarked;
