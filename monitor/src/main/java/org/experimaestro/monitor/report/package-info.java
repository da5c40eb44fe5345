/** The jobs of which tables and charts are made, and their layouts where a user names none. */
@NullMarked
package org.experimaestro.monitor.report;

import org.jspecify.annotations.NullMarked;
