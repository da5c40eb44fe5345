/** Feeds the parsers of other rooms with inputs that nobody would write. For tests. */
package org.experimaestro.disturbance.fuzz;
