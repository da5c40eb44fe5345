@NullMarked
package org.experimaestro.engine;

import org.jspecify.annotations.NullMarked;
