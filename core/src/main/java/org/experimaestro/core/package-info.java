@NullMarked
package org.experimaestro.core;

import org.jspecify.annotations.NullMarked;
