@NullMarked
package org.experimaestro.web.asset;

import org.jspecify.annotations.NullMarked;
