@NullMarked
package org.experimaestro.web.file;

import org.jspecify.annotations.NullMarked;
