@NullMarked
package org.experimaestro.tui.wire;

import org.jspecify.annotations.NullMarked;
