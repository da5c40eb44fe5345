@NullMarked
package org.experimaestro.web.export;

import org.jspecify.annotations.NullMarked;
