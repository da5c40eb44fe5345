@NullMarked
package org.experimaestro.web.stream;

import org.jspecify.annotations.NullMarked;
