@NullMarked
package org.experimaestro.monitor;

import org.jspecify.annotations.NullMarked;
