/** Configurations as JSON files: what save writes and load reads, and a job's parameters. */
@NullMarked
package org.experimaestro.core.serial;

import org.jspecify.annotations.NullMarked;
