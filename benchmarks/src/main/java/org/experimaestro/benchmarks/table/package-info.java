/** The table of what Experimaestro costs, each row beside its peer or floor in the same run: {@code benchmarks/run}. */
@NullMarked
package org.experimaestro.benchmarks.table;

import org.jspecify.annotations.NullMarked;
