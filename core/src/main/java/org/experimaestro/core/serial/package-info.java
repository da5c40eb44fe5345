/** Configurations as JSON files: the implementation of save and load, and a job's parameters. */
@NullMarked
package org.experimaestro.core.serial;

import org.jspecify.annotations.NullMarked;
