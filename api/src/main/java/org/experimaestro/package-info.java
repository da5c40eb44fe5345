/** The API for researchers: configurations, tasks, plans, and the annotations that describe parameters. */
@NullMarked
package org.experimaestro;

import org.jspecify.annotations.NullMarked;
