/** Loading an experiment and its plan into this process. */
@NullMarked
package org.experimaestro.cli.plan;

import org.jspecify.annotations.NullMarked;
