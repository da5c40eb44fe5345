/** The code of jobs beside other code: what has changed since a job ran. */
@NullMarked
package org.experimaestro.workspace.code;

import org.jspecify.annotations.NullMarked;
