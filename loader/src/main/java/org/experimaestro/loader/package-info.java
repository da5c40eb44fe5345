@NullMarked
package org.experimaestro.loader;

import org.jspecify.annotations.NullMarked;
