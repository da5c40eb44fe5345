/** Feeds the parsers of other modules with inputs that nobody would write. For tests. */
package org.experimaestro.disturbance.fuzz;
