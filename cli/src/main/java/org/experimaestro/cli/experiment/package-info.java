/** The command that runs an experiment, and what it prints meanwhile. */
@NullMarked
package org.experimaestro.cli.experiment;

import org.jspecify.annotations.NullMarked;
