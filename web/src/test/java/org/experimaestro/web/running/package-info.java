@NullMarked
package org.experimaestro.web.running;

import org.jspecify.annotations.NullMarked;
