@NullMarked
package org.experimaestro.tui.client;

import org.jspecify.annotations.NullMarked;
