/**
 * The files of a job and its logs, by ranges of bytes. No path leads out of a job's folder, by links included.
 */
@NullMarked
package org.experimaestro.web.file;

import org.jspecify.annotations.NullMarked;
