@NullMarked
package org.experimaestro.workspace;

import org.jspecify.annotations.NullMarked;
