@NullMarked
package org.experimaestro.table;

import org.jspecify.annotations.NullMarked;
