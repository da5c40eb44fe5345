@NullMarked
package org.experimaestro.web.address;

import org.jspecify.annotations.NullMarked;
