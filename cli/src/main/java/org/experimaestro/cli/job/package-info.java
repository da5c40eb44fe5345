/** The commands on jobs. */
@NullMarked
package org.experimaestro.cli.job;

import org.jspecify.annotations.NullMarked;
