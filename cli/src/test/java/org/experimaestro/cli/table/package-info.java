@NullMarked
package org.experimaestro.cli.table;

import org.jspecify.annotations.NullMarked;
