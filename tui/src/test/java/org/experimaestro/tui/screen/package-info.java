@NullMarked
package org.experimaestro.tui.screen;

import org.jspecify.annotations.NullMarked;
