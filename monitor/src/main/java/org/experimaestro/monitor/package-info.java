/** What the files of a workspace say, for views: jobs, their logs and parameters, types, and why jobs differ. */
@NullMarked
package org.experimaestro.monitor;

import org.jspecify.annotations.NullMarked;
