@NullMarked
package org.experimaestro.search;

import org.jspecify.annotations.NullMarked;
